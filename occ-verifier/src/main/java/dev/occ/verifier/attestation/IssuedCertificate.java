package dev.occ.verifier.attestation;

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
 * A certificate below another one for the JDK's path validation: the JDK's own in everything but
 * its signature, which {@link dev.occ.verifier.crypto.Es384Key} checks, several times as fast as
 * SunEC. The JDK asks for that with the key that it has found for the issuer; another than the
 * issuer's in the path is refused.
 */
final class IssuedCertificate extends X509Certificate {
  private static final long serialVersionUID = 1L;

  private final transient X509Certificate x509;
  private final transient PathCertificate issuer;

  IssuedCertificate(X509Certificate x509, PathCertificate issuer) {
    this.x509 = x509;
    this.issuer = issuer;
  }

  @Override
  public void verify(PublicKey key)
      throws CertificateException, InvalidKeyException, SignatureException {
    if (!issuer.x509().getPublicKey().equals(key)) {
      throw new InvalidKeyException("not the key of the issuer in the path");
    }
    if (!issuer.key().verifiesDer(x509.getTBSCertificate(), x509.getSignature())) {
      throw new SignatureException("the certificate's signature does not hold");
    }
  }

  /** The provider's name is left aside: who checks was decided with the issuer's key. */
  @Override
  public void verify(PublicKey key, @Nullable String provider)
      throws CertificateException, InvalidKeyException, SignatureException {
    verify(key);
  }

  @Override
  public void verify(PublicKey key, @Nullable Provider provider)
      throws CertificateException, InvalidKeyException, SignatureException {
    verify(key);
  }

  @Override
  public byte[] getEncoded() throws CertificateEncodingException {
    return x509.getEncoded();
  }

  @Override
  public PublicKey getPublicKey() {
    return x509.getPublicKey();
  }

  @Override
  public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
    x509.checkValidity();
  }

  @Override
  public void checkValidity(Date date)
      throws CertificateExpiredException, CertificateNotYetValidException {
    x509.checkValidity(date);
  }

  @Override
  public int getVersion() {
    return x509.getVersion();
  }

  @Override
  public BigInteger getSerialNumber() {
    return x509.getSerialNumber();
  }

  /** Abstract in the superclass, though deprecated. */
  @Override
  @Deprecated
  public Principal getIssuerDN() {
    return x509.getIssuerX500Principal();
  }

  /** Abstract in the superclass, though deprecated. */
  @Override
  @Deprecated
  public Principal getSubjectDN() {
    return x509.getSubjectX500Principal();
  }

  @Override
  public X500Principal getIssuerX500Principal() {
    return x509.getIssuerX500Principal();
  }

  @Override
  public X500Principal getSubjectX500Principal() {
    return x509.getSubjectX500Principal();
  }

  @Override
  public Date getNotBefore() {
    return x509.getNotBefore();
  }

  @Override
  public Date getNotAfter() {
    return x509.getNotAfter();
  }

  @Override
  public byte[] getTBSCertificate() throws CertificateEncodingException {
    return x509.getTBSCertificate();
  }

  @Override
  public byte[] getSignature() {
    return x509.getSignature();
  }

  @Override
  public String getSigAlgName() {
    return x509.getSigAlgName();
  }

  @Override
  public String getSigAlgOID() {
    return x509.getSigAlgOID();
  }

  @Override
  public byte @Nullable [] getSigAlgParams() {
    return x509.getSigAlgParams();
  }

  @Override
  public boolean @Nullable [] getIssuerUniqueID() {
    return x509.getIssuerUniqueID();
  }

  @Override
  public boolean @Nullable [] getSubjectUniqueID() {
    return x509.getSubjectUniqueID();
  }

  @Override
  public boolean @Nullable [] getKeyUsage() {
    return x509.getKeyUsage();
  }

  @Override
  public @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
    return x509.getExtendedKeyUsage();
  }

  @Override
  public int getBasicConstraints() {
    return x509.getBasicConstraints();
  }

  @Override
  public @Nullable Collection<List<?>> getSubjectAlternativeNames()
      throws CertificateParsingException {
    return x509.getSubjectAlternativeNames();
  }

  @Override
  public @Nullable Collection<List<?>> getIssuerAlternativeNames()
      throws CertificateParsingException {
    return x509.getIssuerAlternativeNames();
  }

  @Override
  public boolean hasUnsupportedCriticalExtension() {
    return x509.hasUnsupportedCriticalExtension();
  }

  @Override
  public @Nullable Set<String> getCriticalExtensionOIDs() {
    return x509.getCriticalExtensionOIDs();
  }

  @Override
  public @Nullable Set<String> getNonCriticalExtensionOIDs() {
    return x509.getNonCriticalExtensionOIDs();
  }

  @Override
  public byte @Nullable [] getExtensionValue(String oid) {
    return x509.getExtensionValue(oid);
  }

  @Override
  public String toString() {
    return x509.toString();
  }
}
