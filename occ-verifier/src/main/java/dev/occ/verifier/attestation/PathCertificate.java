package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import dev.occ.verifier.crypto.Es384Key;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate that obeys the rules for a single one, with what is needed of it. */
record PathCertificate(Bytes der, X509Certificate x509, Es384Key key) {
  private static final int KEY_CERT_SIGN = 5;

  /** The first instant of validity. */
  Instant notBefore() {
    return x509.getNotBefore().toInstant();
  }

  /** The last instant of validity. */
  Instant notAfter() {
    return x509.getNotAfter().toInstant();
  }

  /** Whether basic constraints say CA. */
  boolean isCa() {
    return x509.getBasicConstraints() >= 0;
  }

  /** Whether key usage is there and has keyCertSign. */
  boolean maySignCertificates() {
    return hasUsage(KEY_CERT_SIGN);
  }

  /** Whether key usage is there and has digitalSignature. */
  boolean maySignData() {
    return hasUsage(0);
  }

  private boolean hasUsage(int bit) {
    boolean[] usage = x509.getKeyUsage();
    return usage != null && usage[bit];
  }
}
