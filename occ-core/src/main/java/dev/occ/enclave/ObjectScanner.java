package dev.occ.enclave;

import dev.occ.json.JsonException;

/**
 * Finds where a JSON object ends in a stream that arrives in pieces, so that it can be answered
 * before the sender closes (spec 13). It looks at no more than that needs: strings, brackets,
 * depth, and bytes that occur nowhere in JSON. Whether the object is valid is the parser's to say.
 */
final class ObjectScanner {
  /** How deep objects and arrays may nest (spec 1): one bit each in {@link #objects}. */
  private static final int MAX_DEPTH = Long.SIZE;

  private int depth;

  /** A stack of the open brackets, the innermost in the lowest bit: 1 is an object. */
  private long objects;

  private boolean inString;
  private boolean escaped;

  /** Whether a byte is white space to JSON (RFC 8259 section 2). */
  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * Goes on with the next piece.
   *
   * @return the index after the closing brace, or -1 if the piece does not hold it
   * @throws JsonException if no object can come of it: MALFORMED or TOO_DEEP
   */
  int scan(byte[] data, int from, int to) throws JsonException {
    for (int i = from; i < to; i++) {
      byte b = data[i];
      if (inString) {
        string(b);
      } else if (structure(b)) {
        return i + 1;
      }
    }
    return -1;
  }

  private void string(byte b) throws JsonException {
    if (b >= 0 && b < ' ') {
      throw malformed("has a control character in a string");
    }
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      inString = false;
    }
  }

  /** True if this byte closes the object. */
  private boolean structure(byte b) throws JsonException {
    if (depth == 0 && b != '{') {
      throw malformed("is not an object");
    }
    switch (b) {
      case '{' -> open(1);
      case '[' -> open(0);
      case '}' -> close(1);
      case ']' -> close(0);
      case '"' -> inString = true;
      default -> {
        if (b < ' ' && !isSpace(b)) { // negative: not ASCII
          throw malformed("has a byte outside of strings that JSON does not have there");
        }
      }
    }
    return depth == 0;
  }

  private void open(int bit) throws JsonException {
    if (depth == MAX_DEPTH) {
      throw new JsonException(
          JsonException.Reason.TOO_DEEP, "", "is nested deeper than " + MAX_DEPTH);
    }
    depth++;
    objects = objects << 1 | bit;
  }

  private void close(int bit) throws JsonException {
    if ((objects & 1) != bit) {
      throw malformed("closes a bracket that is not open");
    }
    depth--;
    objects >>>= 1;
  }

  private static JsonException malformed(String problem) {
    return new JsonException(JsonException.Reason.MALFORMED, "", problem);
  }
}
