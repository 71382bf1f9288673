package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_EXPIRED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_NOT_YET_VALID;

import dev.occ.verifier.crypto.Es384Key;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A path, the root first, that has passed every rule. Of these only validity depends on time; the
 * intersection of all validities says when the path holds.
 */
record ValidatedPath(
    List<X509Certificate> chain,
    Es384Key leafKey,
    PinnedRoot root,
    Instant notBefore,
    Instant notAfter) {

  /** Both bounds belong to the validity (RFC 5280 section 4.1.2.5). */
  void checkValidAt(Instant at) throws AttestationException {
    checkValid(notBefore, notAfter, at);
  }

  static void checkValid(Instant notBefore, Instant notAfter, Instant at)
      throws AttestationException {
    if (at.isBefore(notBefore)) {
      throw new AttestationException(
          CERTIFICATE_NOT_YET_VALID, "a certificate is valid from " + notBefore + ", not at " + at);
    }
    if (at.isAfter(notAfter)) {
      throw new AttestationException(
          CERTIFICATE_EXPIRED, "a certificate is valid until " + notAfter + ", not at " + at);
    }
  }
}
