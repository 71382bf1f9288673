package dev.occ.signer.soft;

import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;

/** A key with the certificate that names it: what signs the certificates of the level below. */
final class CertifiedKey {
  private final EcKey key;
  private final X500Name name;
  private final Instant notBefore;
  private final Instant notAfter;
  private final byte[] certificate;

  /** A key and the certificate that is made of its description. */
  CertifiedKey(EcKey key, CertificateBuilder builder) {
    this.key = key;
    this.name = builder.subject();
    this.notBefore = builder.notBefore();
    this.notAfter = builder.notAfter();
    this.certificate = builder.sign();
  }

  /** The key pair. */
  EcKey key() {
    return key;
  }

  /** This key as the issuer of the level below. */
  Issuer asIssuer() {
    return new Issuer(name, key);
  }

  /** The certificate in DER, a fresh copy. */
  byte[] certificate() {
    return certificate.clone();
  }

  /** Whether the certificate is good at a time (RFC 5280, section 4.1.2.5). */
  boolean validAt(Instant time) {
    return !time.isBefore(notBefore) && !time.isAfter(notAfter);
  }
}
