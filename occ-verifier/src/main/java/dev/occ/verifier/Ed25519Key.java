package dev.occ.verifier;

import dev.occ.proof.Bytes;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key that was checked once and verifies many signatures (RFC 8032 section
 * 5.1.7).
 *
 * <p>Stricter than the RFC where implementations disagree: keys are canonical encodings of points
 * that are not of small order, signatures have exactly 64 bytes, a canonical R and S below the
 * group's order (spec 11). A key with a part of small order in it (of "mixed" order) is accepted,
 * as cases 2 to 5 of 'Taming the many EdDSAs' ask for, and the equation is the RFC's cofactored
 * one.
 */
final class Ed25519Key {
  private static final int SIGNATURE_LENGTH = 64;
  private static final int KEY_LENGTH = 32;

  private final Ed25519.PublicPoint point;

  private Ed25519Key(Ed25519.PublicPoint point) {
    this.point = point;
  }

  /** The key, or empty if the bytes are not an acceptable one. */
  static Optional<Ed25519Key> of(Bytes encoded) {
    if (encoded.size() != KEY_LENGTH) {
      return Optional.empty();
    }
    // "Partial" leaves out only the check that the point is in the subgroup of prime order.
    return Optional.ofNullable(Ed25519.validatePublicKeyPartialExport(encoded.toByteArray(), 0))
        .map(Ed25519Key::new);
  }

  boolean verifies(byte[] message, Bytes signature) {
    return signature.size() == SIGNATURE_LENGTH
        && Ed25519.verify(signature.toByteArray(), 0, point, message, 0, message.length);
  }
}
