package dev.occ.verifier.x509;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for the JDK's path validation that is the JDK's own in everything but its
 * signature, which a subclass checks.
 */
public abstract class CertificateView extends X509Certificate {
  private static final long serialVersionUID = 1L;

  private final transient X509Certificate x509;

  /**
   * A view of a certificate.
   *
   * @param x509 the JDK's own
   */
  protected CertificateView(X509Certificate x509) {
    this.x509 = x509;
  }

  /**
   * Checks the signature.
   *
   * @param key what the JDK takes for the issuer's key
   * @throws SignatureException if the signature does not hold
   */
  @Override
  public abstract void verify(PublicKey key)
      throws CertificateException, InvalidKeyException, SignatureException;

  /** The provider's name is left aside: the subclass knows who checks. */
  @Override
  public final void verify(PublicKey key, @Nullable String provider)
      throws CertificateException, InvalidKeyException, SignatureException {
    verify(key);
  }

  @Override
  public final void verify(PublicKey key, @Nullable Provider provider)
      throws CertificateException, InvalidKeyException, SignatureException {
    verify(key);
  }

  @Override
  public final byte[] getEncoded() throws CertificateEncodingException {
    return x509.getEncoded();
  }

  @Override
  public final PublicKey getPublicKey() {
    return x509.getPublicKey();
  }

  @Override
  public final void checkValidity()
      throws CertificateExpiredException, CertificateNotYetValidException {
    x509.checkValidity();
  }

  @Override
  public final void checkValidity(Date date)
      throws CertificateExpiredException, CertificateNotYetValidException {
    x509.checkValidity(date);
  }

  @Override
  public final int getVersion() {
    return x509.getVersion();
  }

  @Override
  public final BigInteger getSerialNumber() {
    return x509.getSerialNumber();
  }

  /** Abstract in the superclass, though deprecated. */
  @Override
  @Deprecated
  public final Principal getIssuerDN() {
    return x509.getIssuerX500Principal();
  }

  /** Abstract in the superclass, though deprecated. */
  @Override
  @Deprecated
  public final Principal getSubjectDN() {
    return x509.getSubjectX500Principal();
  }

  @Override
  public final X500Principal getIssuerX500Principal() {
    return x509.getIssuerX500Principal();
  }

  @Override
  public final X500Principal getSubjectX500Principal() {
    return x509.getSubjectX500Principal();
  }

  @Override
  public final Date getNotBefore() {
    return x509.getNotBefore();
  }

  @Override
  public final Date getNotAfter() {
    return x509.getNotAfter();
  }

  @Override
  public final byte[] getTBSCertificate() throws CertificateEncodingException {
    return x509.getTBSCertificate();
  }

  @Override
  public final byte[] getSignature() {
    return x509.getSignature();
  }

  @Override
  public final String getSigAlgName() {
    return x509.getSigAlgName();
  }

  @Override
  public final String getSigAlgOID() {
    return x509.getSigAlgOID();
  }

  @Override
  public final byte @Nullable [] getSigAlgParams() {
    return x509.getSigAlgParams();
  }

  @Override
  public final boolean @Nullable [] getIssuerUniqueID() {
    return x509.getIssuerUniqueID();
  }

  @Override
  public final boolean @Nullable [] getSubjectUniqueID() {
    return x509.getSubjectUniqueID();
  }

  @Override
  public final boolean @Nullable [] getKeyUsage() {
    return x509.getKeyUsage();
  }

  @Override
  public final @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
    return x509.getExtendedKeyUsage();
  }

  @Override
  public final int getBasicConstraints() {
    return x509.getBasicConstraints();
  }

  @Override
  public final @Nullable Collection<List<?>> getSubjectAlternativeNames()
      throws CertificateParsingException {
    return x509.getSubjectAlternativeNames();
  }

  @Override
  public final @Nullable Collection<List<?>> getIssuerAlternativeNames()
      throws CertificateParsingException {
    return x509.getIssuerAlternativeNames();
  }

  @Override
  public final boolean hasUnsupportedCriticalExtension() {
    return x509.hasUnsupportedCriticalExtension();
  }

  @Override
  public final @Nullable Set<String> getCriticalExtensionOIDs() {
    return x509.getCriticalExtensionOIDs();
  }

  @Override
  public final @Nullable Set<String> getNonCriticalExtensionOIDs() {
    return x509.getNonCriticalExtensionOIDs();
  }

  @Override
  public final byte @Nullable [] getExtensionValue(String oid) {
    return x509.getExtensionValue(oid);
  }

  @Override
  public final String toString() {
    return x509.toString();
  }
}
