package dev.occ.json;

/** Rules about text that JSON's and Java's strings allow and UTF-8 does not. */
final class Unicode {
  private Unicode() {}

  /** Whether every surrogate in the text is one of a pair. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static String requireWellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("text holds a lone surrogate");
    }
    return text;
  }
}
