package dev.occ.json;

/**
 * A JSON string.
 *
 * @param text the text without quotes and escapes; every surrogate in it is one of a pair
 */
public record JsonString(String text) implements JsonValue {
  /**
   * Checks the text.
   *
   * @param text any text
   * @throws IllegalArgumentException if it holds a lone surrogate, which UTF-8 cannot carry
   */
  public JsonString {
    text = Unicode.requireWellFormed(text);
  }

  /**
   * A string of text that may quote anything, such as an error's message.
   *
   * @param text any text
   * @return the text, with each lone surrogate as its JSON escape: a backslash, {@code u} and four
   *     lower-case hex digits
   */
  public static JsonString escapingLoneSurrogates(String text) {
    return new JsonString(Unicode.escapingLoneSurrogates(text));
  }

  /** The string as JSON text, with quotes. */
  @Override
  public String toString() {
    return toJson();
  }
}
