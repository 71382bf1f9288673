package dev.occ.signer.nitro;

import java.util.HexFormat;

/** A platform configuration register of the NSM, as DescribePCR gives it. Immutable. */
public final class NsmPcr {
  static final int MIN_LENGTH = 32;
  static final int MAX_LENGTH = 64;

  private final int index;
  private final boolean locked;
  private final byte[] value;

  NsmPcr(int index, boolean locked, byte[] value) {
    this.index = index;
    this.locked = locked;
    this.value = value.clone();
  }

  /**
   * The register's number.
   *
   * @return from 0 to {@link Nsm#PCR_COUNT} - 1
   */
  public int index() {
    return index;
  }

  /**
   * Whether the register keeps its value until the enclave ends.
   *
   * @return false if it can still be extended
   */
  public boolean locked() {
    return locked;
  }

  /**
   * The register's value, a digest: 48 bytes for SHA-384, the only one that Nitro has today.
   *
   * @return a fresh array of 32 to 64 bytes
   */
  public byte[] value() {
    return value.clone();
  }

  /**
   * Whether every byte is zero, as in PCR0 to 2 of an enclave in debug mode.
   *
   * @return true if the register was never extended
   */
  public boolean isAllZero() {
    int bits = 0;
    for (byte b : value) {
      bits |= b;
    }
    return bits == 0;
  }

  /**
   * The value in lower-case hex, the form of a measurement in proofs (spec 12).
   *
   * @return two digits a byte
   */
  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public String toString() {
    return "PCR" + index + (locked ? " (locked) " : " ") + toHex();
  }
}
