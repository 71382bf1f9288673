package dev.occ.anchor;

/**
 * Keccak-256 as Ethereum has it, which is not SHA3-256: this library has none of its own, and takes
 * one from an application that reads block headers. Must be safe for use by many threads at once.
 */
@FunctionalInterface
public interface Keccak256 {
  /**
   * The digest of some bytes.
   *
   * @param data any bytes; not changed
   * @return 32 bytes in a fresh array
   */
  byte[] digest(byte[] data);
}
