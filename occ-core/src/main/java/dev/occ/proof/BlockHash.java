package dev.occ.proof;

import dev.occ.json.JsonException;

/** How a block's hash is written: {@code 0x} and 64 lower-case hex digits (spec 10). */
final class BlockHash {
  static final int LENGTH = 32;
  private static final String PREFIX = "0x";

  private BlockHash() {}

  static String text(Bytes hash) {
    return PREFIX + hash.toHex();
  }

  static Bytes parse(String text) throws JsonException {
    if (!text.startsWith(PREFIX)) {
      throw new JsonException(JsonException.Reason.INVALID_HEX, "", "does not begin with 0x");
    }
    Bytes hash = Bytes.fromHex(text.substring(PREFIX.length()));
    if (hash.size() != LENGTH) {
      throw new JsonException(
          JsonException.Reason.INVALID_LENGTH,
          "",
          "has " + hash.size() + " bytes instead of " + LENGTH);
    }
    return hash;
  }

  static void require(Bytes hash) {
    if (hash.size() != LENGTH) {
      throw new IllegalArgumentException("a block hash has 32 bytes, not " + hash.size());
    }
  }
}
