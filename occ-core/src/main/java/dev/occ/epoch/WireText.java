package dev.occ.epoch;

import java.nio.charset.StandardCharsets;

/** The rule for texts that stand in every proof of an epoch or a chain. */
final class WireText {
  private WireText() {}

  /** Whether a text is not empty, no longer than the limit, and free of lone surrogates. */
  static boolean fits(String text, int maxLength) {
    return !text.isEmpty()
        && text.length() <= maxLength
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
