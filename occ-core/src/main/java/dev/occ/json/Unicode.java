package dev.occ.json;

/** Rules about text that JSON's and Java's strings allow and UTF-8 does not. */
final class Unicode {
  private Unicode() {}

  /** Whether every surrogate in the text is one of a pair. */
  static boolean isWellFormed(String text) {
    return loneSurrogate(text, 0) < 0;
  }

  /** Where the first lone surrogate at or after a place stands; negative if there is none. */
  private static int loneSurrogate(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** The text with each lone surrogate as its JSON escape, for what is shown to people. */
  static String escapingLoneSurrogates(String text) {
    int lone = loneSurrogate(text, 0);
    if (lone < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int start = 0;
    for (; lone >= 0; lone = loneSurrogate(text, start)) {
      shown.append(text, start, lone).append("\\u").append(Integer.toHexString(text.charAt(lone)));
      start = lone + 1;
    }
    return shown.append(text, start, text.length()).toString();
  }

  static String requireWellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("text holds a lone surrogate");
    }
    return text;
  }
}
