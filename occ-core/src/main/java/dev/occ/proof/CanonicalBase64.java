package dev.occ.proof;

import dev.occ.json.JsonException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Strict reading of Base64 (spec 1). The JDK decodes; it also takes missing padding, bits that
 * stand for nothing, and padding in the middle when it is given text in pieces.
 */
final class CanonicalBase64 {
  private static final int GROUP_CHARS = 4;
  private static final int GROUP_BYTES = 3;

  /** The JDK copies a text before it decodes it; a long one is given to it in pieces of this. */
  private static final int PIECE_CHARS = 2048;

  private static final char PADDING = '=';

  private CanonicalBase64() {}

  static byte[] decode(String text) throws JsonException {
    if (text.length() % GROUP_CHARS != 0) {
      throw invalid("is not canonical Base64", null);
    }
    byte[] decoded = new byte[text.length() / GROUP_CHARS * GROUP_BYTES - padding(text)];
    byte[] piece = new byte[Math.min(PIECE_CHARS, text.length())];
    byte[] bytes = new byte[piece.length / GROUP_CHARS * GROUP_BYTES];
    for (int from = 0, size = 0; from < text.length(); from += PIECE_CHARS, size += bytes.length) {
      int to = Math.min(from + PIECE_CHARS, text.length());
      int expected = Math.min(bytes.length, decoded.length - size);
      if (decode(ascii(text, from, to, piece), bytes) != expected) {
        throw invalid("is not canonical Base64", null);
      }
      System.arraycopy(bytes, 0, decoded, size, expected);
    }
    requireCanonicalEnd(text, decoded);
    return decoded;
  }

  private static int padding(String text) {
    int first = text.indexOf(PADDING, text.length() - 2);
    return first < 0 ? 0 : text.length() - first;
  }

  /** Part of a text, in an array that is used again unless the part is shorter. */
  private static byte[] ascii(String text, int from, int to, byte[] piece) throws JsonException {
    byte[] ascii = to - from == piece.length ? piece : Arrays.copyOf(piece, to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        throw invalid("is not Base64", null);
      }
      ascii[i - from] = (byte) c;
    }
    return ascii;
  }

  private static int decode(byte[] ascii, byte[] into) throws JsonException {
    try {
      return Base64.getDecoder().decode(ascii, into);
    } catch (IllegalArgumentException e) {
      throw invalid("is not Base64", e);
    }
  }

  /** Only the last group can have bits that stand for nothing. */
  private static void requireCanonicalEnd(String text, byte[] decoded) throws JsonException {
    int tail = decoded.length % GROUP_BYTES;
    if (tail > 0) {
      byte[] rest = Arrays.copyOfRange(decoded, decoded.length - tail, decoded.length);
      if (!text.endsWith(Base64.getEncoder().encodeToString(rest))) {
        throw invalid("is not canonical Base64", null);
      }
    }
  }

  private static JsonException invalid(String problem, @Nullable Exception cause) {
    return new JsonException(JsonException.Reason.INVALID_BASE64, "", problem, cause);
  }
}
