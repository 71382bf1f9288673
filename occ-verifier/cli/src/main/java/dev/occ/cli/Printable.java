package dev.occ.cli;

import dev.occ.json.JsonValue;

/**
 * Text from documents and file names, made harmless: what could steer a terminal, hide text or
 * reorder it is shown as an escape.
 */
public final class Printable {
  /** The longest text that is shown to people in full. */
  public static final int MAX_LENGTH = 400;

  private Printable() {}

  /** One line of text for people; unambiguous, because backslashes are escaped too. */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length() && i < MAX_LENGTH) {
      int c = text.codePointAt(i);
      if (c == '\\') {
        shown.append("\\\\");
      } else if (isSafe(c)) {
        shown.appendCodePoint(c);
      } else {
        shown.append("\\u{").append(Integer.toHexString(c)).append('}');
      }
      i += Character.charCount(c);
    }
    if (i < text.length()) {
      shown.append("… (").append(text.length() - i).append(" more characters)");
    }
    return shown.toString();
  }

  /**
   * A compact document on one line. JSON itself leaves DEL, C1 controls and invisible characters
   * unescaped; outside ASCII they only occur inside of strings, where an escape means the same.
   */
  public static String json(JsonValue value) {
    return of(value.toJson());
  }

  /**
   * The text with every character that is not visible on its own written as a {@code \\u} escape,
   * uncut: for sentences of the program that name files, and for JSON.
   *
   * @param text any text
   * @return text without control, format, surrogate, private or unassigned characters, and without
   *     line and paragraph separators
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (isSafe(c)) {
        shown.appendCodePoint(c);
      } else {
        for (char half : Character.toChars(c)) {
          shown.append("\\u").append(hexDigits(half));
        }
      }
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  private static String hexDigits(char c) {
    String digits = Integer.toHexString(c);
    return "0000".substring(digits.length()) + digits;
  }

  private static boolean isSafe(int c) {
    if (c < 0x7F) {
      return c >= ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
