package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_CRITICAL_EXTENSION;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_SIGNATURE_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.PATH_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.PATH_NAME_CHAINING;

import dev.occ.verifier.x509.JdkX509;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Path validation of RFC 5280 section 6 by the JDK, under one trust anchor. The certificates check
 * their signatures themselves, so what the application has registered does not change the verdict.
 */
final class JdkPkix {
  private JdkPkix() {}

  /**
   * Validates a path.
   *
   * @param root the trust anchor; its own validity is not looked at
   * @param issued the certificates below the root, the last one issued first
   * @param at the time at which all of them must be valid
   */
  static void validate(X509Certificate root, List<X509Certificate> issued, Instant at)
      throws AttestationException {
    try {
      JdkX509.validate(root, issued, at);
    } catch (CertPathValidatorException e) {
      throw new AttestationException(reason(e.getReason()), "the certificate path is invalid", e);
    } catch (GeneralSecurityException e) {
      throw new AttestationException(PATH_INVALID, "the certificate path cannot be validated", e);
    }
  }

  /** Validity, constraints and usages have been checked before, each with its own reason. */
  private static AttestationRejection reason(CertPathValidatorException.Reason reason) {
    if (reason == CertPathValidatorException.BasicReason.INVALID_SIGNATURE) {
      return CERTIFICATE_SIGNATURE_INVALID;
    }
    // Without a matching name the root counts as no anchor for the first certificate.
    if (reason == PKIXReason.NAME_CHAINING || reason == PKIXReason.NO_TRUST_ANCHOR) {
      return PATH_NAME_CHAINING;
    }
    return reason == PKIXReason.UNRECOGNIZED_CRIT_EXT
        ? CERTIFICATE_CRITICAL_EXTENSION
        : PATH_INVALID;
  }
}
