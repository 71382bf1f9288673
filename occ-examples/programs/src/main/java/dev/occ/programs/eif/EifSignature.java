package dev.occ.programs.eif;

import dev.occ.proof.Bytes;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * A signature over the image's own PCR0 that holds for the certificate's key. Nobody says that the
 * certificate is worth anything: its issuer and its validity are not judged here. PCR8 pins it.
 *
 * @param algorithm the COSE name of the algorithm, {@code ES384} as a rule
 * @param certificate the signing certificate
 * @param pcr8 measurement of the certificate's DER; 48 bytes
 */
public record EifSignature(String algorithm, X509Certificate certificate, Bytes pcr8) {
  /**
   * Checks that all is there.
   *
   * @param algorithm the COSE name of the algorithm
   * @param certificate the signing certificate
   * @param pcr8 measurement of the certificate's DER
   */
  public EifSignature {
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(pcr8, "pcr8");
  }
}
