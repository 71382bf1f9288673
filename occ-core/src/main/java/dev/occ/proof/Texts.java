package dev.occ.proof;

import dev.occ.json.JsonException;

/** Decoders for the texts of a proof, and checks for those that a program gives. */
final class Texts {
  /** SHA-256 digests and Ed25519 public keys. */
  static final int DIGEST_LENGTH = 32;

  private static final int MIN_NONCE_LENGTH = 16;
  private static final int SIGNATURE_LENGTH = 64;

  private Texts() {}

  static Bytes digest(String text) throws JsonException {
    return Bytes.fromBase64(text, DIGEST_LENGTH);
  }

  static Bytes publicKey(String text) throws JsonException {
    return Bytes.fromBase64(text, DIGEST_LENGTH);
  }

  static Bytes signature(String text) throws JsonException {
    return Bytes.fromBase64(text, SIGNATURE_LENGTH);
  }

  static Bytes nonce(String text) throws JsonException {
    return Bytes.fromBase64(text, MIN_NONCE_LENGTH, Integer.MAX_VALUE);
  }

  static Bytes nonEmptyBytes(String text) throws JsonException {
    return Bytes.fromBase64(text, 1, Integer.MAX_VALUE);
  }

  /** Refuses text that is not exactly the one expected. */
  static void requireEqual(
      String actual, String expected, JsonException.Reason reason, String pointer)
      throws JsonException {
    if (!actual.equals(expected)) {
      throw new JsonException(reason, pointer, "is not \"" + expected + "\"");
    }
  }

  static Bytes requireLength(Bytes bytes, int length, String what) {
    if (bytes.size() != length) {
      throw new IllegalArgumentException(what + " must be " + length + " bytes");
    }
    return bytes;
  }

  static String requireNonEmpty(String text, String what) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    return text;
  }
}
