package dev.occ.verifier.x509;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Certificates and paths by the JDK. The provider is named, so that others which the application
 * has registered do not change the verdict.
 */
public final class JdkX509 {
  private static final String PROVIDER = "SUN";

  /** RFC 5280 section 4.2.1.10. */
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private JdkX509() {}

  private static Provider provider() {
    Provider provider = Security.getProvider(PROVIDER);
    if (provider == null) {
      throw new IllegalStateException("the JDK's provider SUN has been removed");
    }
    return provider;
  }

  /**
   * Parses one certificate of version 3.
   *
   * @param der its bytes; whether others follow is not looked at
   * @return the certificate
   * @throws CertificateException if it is none
   */
  public static X509Certificate certificate(byte[] der) throws CertificateException {
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509", provider())
                  .generateCertificate(new ByteArrayInputStream(der));
    } catch (RuntimeException e) {
      // The JDK's parser has thrown unchecked exceptions on hostile input.
      throw new CertificateException("not a certificate", e);
    }
    if (certificate.getVersion() != 3) {
      throw new CertificateException("not of version 3");
    }
    return certificate;
  }

  /**
   * Validates a path (RFC 5280 section 6) under one trust anchor, without revocation. Name
   * constraints of the anchor apply to the whole path (RFC 5937 section 3.2).
   *
   * @param root the trust anchor; without name constraints nothing but its name and key is looked
   *     at
   * @param issued the certificates below the root, the last one issued first
   * @param at the time at which all of them must be valid
   * @throws GeneralSecurityException if the path does not hold
   */
  public static void validate(X509Certificate root, List<X509Certificate> issued, Instant at)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>(issued);
    TrustAnchor anchor = new TrustAnchor(root, null);
    if (root.getExtensionValue(NAME_CONSTRAINTS) != null) {
      // The JDK refuses anchors with name constraints. As the first certificate of the path, under
      // an anchor that is its name and key alone, the root's constraints are applied like others.
      certificates.add(new AnchorCertificate(root));
      anchor = new TrustAnchor(root.getIssuerX500Principal(), root.getPublicKey(), null);
    }
    PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    CertPath path =
        CertificateFactory.getInstance("X.509", provider()).generateCertPath(certificates);
    CertPathValidator validator = CertPathValidator.getInstance("PKIX", provider());
    try {
      validator.validate(path, parameters);
    } catch (RuntimeException e) {
      // Its checks look at names and policies before they look at the signature over them.
      throw new CertPathValidatorException("cannot be validated", e);
    }
  }

  /**
   * Whether more CAs follow one than its path length constraint allows (RFC 5280 section 4.2.1.9).
   * Certificates that a CA issued to itself do not count.
   *
   * @param issuers the CAs of a path, the root first, without the certificate at its end
   * @return true if some constraint is broken
   */
  public static boolean exceedsPathLength(List<X509Certificate> issuers) {
    int following = 0;
    for (int i = issuers.size() - 1; i >= 0; i--) {
      X509Certificate issuer = issuers.get(i);
      if (issuer.getBasicConstraints() < following) {
        return true;
      }
      boolean selfIssued = issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal());
      following += selfIssued ? 0 : 1;
    }
    return false;
  }
}
