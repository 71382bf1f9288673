package dev.occ.programs;

/**
 * Text from outside made fit for a terminal: file names and proofs may hold escape sequences that
 * would otherwise move the cursor, recolour or hide what this program says.
 */
final class Printable {
  private Printable() {}

  /**
   * The text with every character that is not visible on its own written as a {@code \\u} escape.
   *
   * @param text any text
   * @return text without control, format, surrogate, private or unassigned characters, and without
   *     line and paragraph separators
   */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> {
        for (char unit : Character.toChars(codePoint)) {
          out.append(escape(unit));
        }
      }
      default -> out.appendCodePoint(codePoint);
    }
  }

  private static String escape(char unit) {
    String hex = Integer.toHexString(unit);
    return "\\u" + "0".repeat(4 - hex.length()) + hex;
  }
}
