package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * What a document will weigh in memory once it is parsed, counted from its bytes before that: a
 * reader that serves strangers takes the weight from a budget, and only then parses.
 *
 * <p>One pass over the bytes counts what lies outside of strings: each brace stands for an object
 * with its map, each bracket for an array, each colon for a member with its name, each comma for
 * one more value. Each count is multiplied by what one of its kind takes on a 64-bit HotSpot, and
 * the text itself is added twice, because a string with one character beyond Latin-1 takes two
 * bytes for each. The result is an upper bound of the tree; the copies that are made of it while a
 * request is served are within the margin. {@code {"":0}} has six bytes and takes some 250, so that
 * bytes alone say little.
 *
 * <p>The document need not be well-formed: the count is taken before anybody knows.
 */
@CheckReturnValue
public final class JsonWeight {
  /** {@link JsonObject}, its {@code LinkedHashMap}, and a table of 16. */
  private static final int OBJECT = 320;

  /** {@link JsonArray}, the list it was collected in, and the one that is kept. */
  private static final int ARRAY = 160;

  /** An entry, its share of a table that was just doubled, and the name's {@code String}. */
  private static final int MEMBER = 112;

  /** The largest kind: {@link JsonString} or {@link JsonNumber} with its text, and a reference. */
  private static final int VALUE = 80;

  private JsonWeight() {}

  /**
   * The weight of a document.
   *
   * @param utf8 the whole document, or what may be one
   * @return bytes; at least twice the document's length
   */
  public static long of(byte[] utf8) {
    long structure = VALUE;
    boolean inString = false;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (inString) {
        if (b == '\\') {
          i++; // what is escaped ends no string
        } else if (b == '"') {
          inString = false;
        }
      } else {
        switch (b) {
          case '"' -> inString = true;
          case '{' -> structure += OBJECT + VALUE;
          case '[' -> structure += ARRAY + VALUE;
          case ':' -> structure += MEMBER;
          case ',' -> structure += VALUE;
          default -> {
            // White space, digits and letters are in the length.
          }
        }
      }
    }
    return structure + 2L * utf8.length;
  }
}
