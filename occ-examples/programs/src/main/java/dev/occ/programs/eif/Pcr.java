package dev.occ.programs.eif;

import dev.occ.proof.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A platform configuration register that is extended once: SHA-384 over 48 zero bytes and the
 * SHA-384 of the content.
 */
final class Pcr {
  static final int LENGTH = 48;

  private final MessageDigest content = newSha384();

  void update(ByteBuffer bytes) {
    content.update(bytes.duplicate());
  }

  /** The register's value; afterwards it starts anew. */
  Bytes value() {
    MessageDigest extended = newSha384();
    extended.update(new byte[LENGTH]);
    return Bytes.of(extended.digest(content.digest()));
  }

  static Bytes of(byte[] content) {
    Pcr pcr = new Pcr();
    pcr.update(ByteBuffer.wrap(content));
    return pcr.value();
  }

  private static MessageDigest newSha384() {
    try {
      return MessageDigest.getInstance("SHA-384");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no SHA-384", e);
    }
  }
}
