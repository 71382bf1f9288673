package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.CERTIFICATE_MALFORMED;

import dev.occ.proof.Bytes;
import dev.occ.verifier.x509.JdkX509;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.Signer;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the JDK and as BouncyCastle read it.
 *
 * @param der its bytes
 * @param x509 for names, validity and path rules
 * @param structure for what must be looked at exactly
 */
record TokenCertificate(Bytes der, X509Certificate x509, Certificate structure) {
  private static final int KEY_CERT_SIGN = 5;

  /** Reads one certificate; nothing may follow it. */
  static TokenCertificate read(byte[] der) throws TimestampException {
    try {
      Certificate structure = Certificate.getInstance(DerGuard.read(der));
      if (!structure.getSignatureAlgorithm().equals(structure.getTBSCertificate().getSignature())) {
        throw malformed(null);
      }
      return new TokenCertificate(Bytes.of(der), JdkX509.certificate(der), structure);
    } catch (CertificateException | RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw malformed(e);
    }
  }

  private static TimestampException malformed(@Nullable Exception cause) {
    return new TimestampException(
        CERTIFICATE_MALFORMED, "a certificate is not DER of X.509 version 3", cause);
  }

  /** Whether the other's name is this one's issuer. */
  boolean namesAsIssuer(TokenCertificate other) {
    return x509.getIssuerX500Principal().equals(other.x509.getSubjectX500Principal());
  }

  /**
   * Whether the other's key signed this certificate.
   *
   * @throws TimestampException if algorithm or key are not accepted
   */
  boolean isSignedBy(TokenCertificate issuer) throws TimestampException {
    Signer signer =
        SignatureCheck.verifier(
            structure.getSignatureAlgorithm(), issuer.structure.getSubjectPublicKeyInfo());
    try {
      byte[] signed = structure.getTBSCertificate().getEncoded(ASN1Encoding.DL);
      signer.update(signed, 0, signed.length);
    } catch (IOException e) {
      throw new IllegalStateException("what was parsed can be written", e);
    }
    return structure.getSignature().getPadBits() == 0
        && signer.verifySignature(structure.getSignature().getOctets());
  }

  boolean isCa() {
    return x509.getBasicConstraints() >= 0;
  }

  /** Whether key usage, if it is there, lets the key sign certificates. */
  boolean maySignCertificates() {
    boolean[] usage = x509.getKeyUsage();
    return usage == null || usage[KEY_CERT_SIGN];
  }

  /**
   * Whether key usage, if it is there, lets the key sign data (digitalSignature, nonRepudiation).
   */
  boolean maySignData() {
    boolean[] usage = x509.getKeyUsage();
    return usage == null || usage[0] || usage[1];
  }
}
