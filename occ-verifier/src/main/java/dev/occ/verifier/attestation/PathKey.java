package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The certificates of a path as a key of a cache, compared whole. They are public, so that unlike
 * {@link Bytes} this compares as fast as can be: a known path is looked up for every document.
 */
final class PathKey {
  /** What ends a path is most of its last certificate's signature, which no other path has. */
  private static final int HASHED = 64;

  private final byte[] certificates;

  private PathKey(byte[] certificates) {
    this.certificates = certificates;
  }

  /** A key for certificates of at most 65,535 bytes each, the root first. */
  static PathKey of(List<Bytes> path) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(1024 * path.size());
    for (Bytes certificate : path) {
      int length = certificate.size();
      if (length > 0xFFFF) {
        throw new IllegalArgumentException("a certificate of " + length + " bytes");
      }
      joined.write(length >>> 8);
      joined.write(length);
      joined.writeBytes(certificate.toByteArray());
    }
    return new PathKey(joined.toByteArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathKey key && Arrays.equals(certificates, key.certificates);
  }

  @Override
  public int hashCode() {
    int end = certificates.length;
    return Arrays.hashCode(Arrays.copyOfRange(certificates, Math.max(0, end - HASHED), end));
  }
}
