package dev.occ.verifier.crypto;

import java.util.HexFormat;

/**
 * Whether a signature is written in the one way that spec 11 lets pass, decided before any provider
 * is asked: they differ in it.
 */
final class Ed25519Form {
  private static final int LENGTH = 64;
  private static final int HALF = 32;

  /** The field's prime 2^255-19, little-endian. */
  private static final byte[] P =
      HexFormat.of().parseHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /** The order of the base point (RFC 8032 section 5.1), little-endian. */
  private static final byte[] L =
      HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  /** y = 1 and y = -1 have x = 0, which has no sign (RFC 8032 section 5.1.3, step 4). */
  private static final byte[] ONE =
      HexFormat.of().parseHex("0100000000000000000000000000000000000000000000000000000000000000");

  private static final byte[] MINUS_ONE =
      HexFormat.of().parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private Ed25519Form() {}

  /** Whether it has 64 bytes, R below the prime and without a negative zero, S below the order. */
  static boolean isCanonical(byte[] signature) {
    return signature.length == LENGTH
        && hasCanonicalR(signature)
        && isBelow(signature, HALF, 0xFF, L);
  }

  private static boolean hasCanonicalR(byte[] signature) {
    boolean negative = signature[HALF - 1] < 0;
    return isBelow(signature, 0, 0x7F, P)
        && !(negative && (isY(signature, ONE) || isY(signature, MINUS_ONE)));
  }

  private static boolean isY(byte[] signature, byte[] y) {
    for (int i = 0; i < HALF - 1; i++) {
      if (signature[i] != y[i]) {
        return false;
      }
    }
    return (signature[HALF - 1] & 0x7F) == y[HALF - 1];
  }

  /** Compares little-endian numbers, the last byte of the first one masked; nothing is secret. */
  private static boolean isBelow(byte[] number, int offset, int lastMask, byte[] bound) {
    int mask = lastMask;
    for (int i = HALF - 1; i >= 0; i--) {
      int digit = number[offset + i] & mask;
      int limit = bound[i] & 0xFF;
      if (digit != limit) {
        return digit < limit;
      }
      mask = 0xFF;
    }
    return false;
  }
}
