package dev.occ.embedding.pkcs11;

import java.util.Arrays;

/** A PIN's bytes in UTF-8, until they are wiped. For use by one thread. */
final class Pin implements AutoCloseable {
  /** The most bytes of a PIN; tokens take far fewer. */
  static final int MAX_LENGTH = 255;

  private final byte[] bytes;

  /** Takes the array over. */
  Pin(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a PIN has 1 to " + MAX_LENGTH + " bytes");
    }
    this.bytes = bytes;
  }

  /** The bytes themselves and not a copy, which would have to be wiped too. */
  byte[] bytes() {
    return bytes;
  }

  /** Wipes the PIN. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "Pin";
  }
}
