package dev.occ.programs.anchor;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.Objects;

/**
 * A block, as nodes name it.
 *
 * @param number its number
 * @param hash its hash, 32 bytes
 */
public record Block(Counter number, Bytes hash) {
  private static final int HASH_LENGTH = 32;

  /**
   * Checks the hash's length.
   *
   * @param number its number
   * @param hash its hash
   * @throws IllegalArgumentException if the hash has not 32 bytes
   */
  public Block {
    Objects.requireNonNull(number, "number");
    if (hash.size() != HASH_LENGTH) {
      throw new IllegalArgumentException("a block hash has 32 bytes");
    }
  }

  @Override
  public String toString() {
    return number + " 0x" + hash.toHex();
  }
}
