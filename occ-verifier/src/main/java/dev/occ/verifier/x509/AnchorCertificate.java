package dev.occ.verifier.x509;

import java.security.PublicKey;
import java.security.cert.X509Certificate;

/** A trust anchor at the top of a path. It was pinned byte for byte, so no signature counts. */
final class AnchorCertificate extends CertificateView {
  private static final long serialVersionUID = 1L;

  AnchorCertificate(X509Certificate root) {
    super(root);
  }

  @Override
  public void verify(PublicKey key) {
    // Whoever signed it did not decide that it is trusted.
  }
}
