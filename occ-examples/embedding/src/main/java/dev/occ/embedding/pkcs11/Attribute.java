package dev.occ.embedding.pkcs11;

import dev.occ.proof.Bytes;
import java.util.Objects;

/**
 * One entry of a template for new objects (CK_ATTRIBUTE).
 *
 * @param type the attribute's number, {@code CKA_…}
 * @param value its value as the module reads it, never empty
 */
record Attribute(long type, Bytes value) {
  Attribute {
    Objects.requireNonNull(value, "value");
    if (value.size() == 0) {
      throw new IllegalArgumentException("an attribute without a value");
    }
  }

  /** A CK_BBOOL. */
  static Attribute flag(long type, boolean value) {
    return bytes(type, new byte[] {(byte) (value ? 1 : 0)});
  }

  /** A byte array. */
  static Attribute bytes(long type, byte[] value) {
    return new Attribute(type, Bytes.of(value));
  }
}
