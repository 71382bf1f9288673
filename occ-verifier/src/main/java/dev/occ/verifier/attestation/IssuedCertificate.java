package dev.occ.verifier.attestation;

import dev.occ.verifier.x509.CertificateView;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * A certificate below another one. {@link dev.occ.verifier.crypto.Es384Key} checks its signature,
 * several times as fast as SunEC. The JDK asks for that with the key that it has found for the
 * issuer; another than the issuer's in the path is refused.
 */
final class IssuedCertificate extends CertificateView {
  private static final long serialVersionUID = 1L;

  private final transient PathCertificate issuer;

  IssuedCertificate(X509Certificate x509, PathCertificate issuer) {
    super(x509);
    this.issuer = issuer;
  }

  @Override
  public void verify(PublicKey key)
      throws CertificateException, InvalidKeyException, SignatureException {
    if (!issuer.x509().getPublicKey().equals(key)) {
      throw new InvalidKeyException("not the key of the issuer in the path");
    }
    if (!issuer.key().verifiesDer(getTBSCertificate(), getSignature())) {
      throw new SignatureException("the certificate's signature does not hold");
    }
  }
}
