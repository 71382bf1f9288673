package dev.occ.verifier.crypto;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.security.Provider;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key that was checked once and verifies many signatures (RFC 8032 section
 * 5.1.7). Immutable and thread-safe.
 *
 * <p>Stricter than the RFC where implementations disagree: keys are canonical encodings of points
 * that are not of small order, signatures have exactly 64 bytes, a canonical R and S below the
 * group's order (spec 11). A key with a part of small order in it (of "mixed" order) is accepted,
 * as cases 2 to 5 of 'Taming the many EdDSAs' ask for, and the equation is the RFC's cofactored
 * one. A provider that checks the equation without cofactor says yes to fewer signatures, never to
 * others; BouncyCastle, asked after it, makes up the difference.
 */
@CheckReturnValue
public final class Ed25519PublicKey {
  private static final int KEY_LENGTH = 32;

  private final Ed25519.PublicPoint point;
  private final @Nullable JcaKey preferred;

  private Ed25519PublicKey(Ed25519.PublicPoint point, @Nullable JcaKey preferred) {
    this.point = point;
    this.preferred = preferred;
  }

  static Optional<Ed25519PublicKey> of(Bytes key, @Nullable Provider preferred) {
    if (key.size() != KEY_LENGTH) {
      return Optional.empty();
    }
    byte[] encoded = key.toByteArray();
    // "Partial" leaves out only the check that the point is in the subgroup of prime order.
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(encoded, 0);
    return point == null
        ? Optional.empty()
        : Optional.of(
            new Ed25519PublicKey(
                point, JcaKey.ifPossible(JcaKey::ed25519, preferred, encoded).orElse(null)));
  }

  /**
   * Whether a signature holds.
   *
   * @param message what was signed, of any length; not kept
   * @param signature R and S (RFC 8032 section 5.1.6); of 64 bytes, or it does not hold
   * @return true if it does
   */
  public boolean verifies(byte[] message, Bytes signature) {
    byte[] encoded = signature.toByteArray();
    return Ed25519Form.isCanonical(encoded)
        && ((preferred != null && preferred.accepts(message, encoded))
            || Ed25519.verify(encoded, 0, point, message, 0, message.length));
  }
}
