package dev.occ.signer.soft;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * The five levels of the Nitro PKI, each with what its genuine certificates hold: lifetime, path
 * length, key usage and the other extensions with their criticality, as read off AWS documents of
 * 2021 to 2025.
 */
enum CertificateLevel {
  /** Pinned by verifiers; lives for 30 years. */
  ROOT(Duration.ofDays(365), Duration.ofDays(29 * 365)),
  /** One a region, for 20 days and an hour. */
  REGIONAL(Duration.ofDays(2), Duration.ofDays(18).plusHours(1)),
  /** One an availability zone, for five to six days. */
  ZONAL(Duration.ofHours(6), Duration.ofHours(132)),
  /** One a parent instance, for a day. */
  PARENT_INSTANCE(Duration.ofHours(1), Duration.ofHours(23)),
  /** One an enclave, made when it is needed, for three hours from then. */
  LEAF(Duration.ofSeconds(3), Duration.ofHours(3));

  private static final KeyUsage CA_KEY_USAGE =
      new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign);

  /** A name that never resolves (RFC 2606): these certificates are never revoked. */
  private static final String CRL_URI = "http://crl.occ-soft-nitro.invalid/";

  private final Duration before;
  private final Duration after;

  CertificateLevel(Duration before, Duration after) {
    this.before = before;
    this.after = after;
  }

  /** A certificate for a key as AWS would make it at a time, ready to be signed by its issuer. */
  CertificateBuilder template(Issuer issuer, X500Name subject, EcKey key, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    CertificateBuilder builder =
        new CertificateBuilder(issuer, subject, key.publicKeyInfo(), serial(key))
            .validity(second.minus(before), second.plus(after));
    switch (this) {
      case ROOT -> root(builder, key);
      case REGIONAL -> intermediate(builder, 2, issuer, key);
      case ZONAL -> intermediate(builder, 1, issuer, key);
      case PARENT_INSTANCE -> instance(builder, issuer, key);
      case LEAF -> leaf(builder);
    }
    return builder;
  }

  private static void root(CertificateBuilder builder, EcKey key) {
    builder
        .extension(Extension.basicConstraints, true, new BasicConstraints(true))
        .extension(Extension.subjectKeyIdentifier, false, keyIdentifier(key))
        .extension(Extension.keyUsage, true, CA_KEY_USAGE);
  }

  private static void intermediate(
      CertificateBuilder builder, int pathLength, Issuer issuer, EcKey key) {
    builder
        .extension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
        .extension(Extension.authorityKeyIdentifier, false, authority(issuer))
        .extension(Extension.subjectKeyIdentifier, false, keyIdentifier(key))
        .extension(Extension.keyUsage, true, CA_KEY_USAGE)
        .extension(Extension.cRLDistributionPoints, false, distributionPoint());
  }

  private static void instance(CertificateBuilder builder, Issuer issuer, EcKey key) {
    builder
        .extension(Extension.basicConstraints, true, new BasicConstraints(0))
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
        .extension(Extension.subjectKeyIdentifier, false, keyIdentifier(key))
        .extension(Extension.authorityKeyIdentifier, false, authority(issuer));
  }

  private static void leaf(CertificateBuilder builder) {
    builder
        .extension(Extension.basicConstraints, true, new BasicConstraints(false))
        .extension(
            Extension.keyUsage,
            false,
            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
  }

  /** Every certificate has a key of its own, so the serial number follows from the key. */
  private static BigInteger serial(EcKey key) {
    return new BigInteger(1, Arrays.copyOf(EcKey.digest("SHA-256", key.point()), 16));
  }

  /** The leftmost 160 bits of the point's SHA-256 (RFC 7093, section 2, method 1). */
  private static byte[] identifier(EcKey key) {
    return Arrays.copyOf(EcKey.digest("SHA-256", key.point()), 20);
  }

  private static SubjectKeyIdentifier keyIdentifier(EcKey key) {
    return new SubjectKeyIdentifier(identifier(key));
  }

  private static AuthorityKeyIdentifier authority(Issuer issuer) {
    return new AuthorityKeyIdentifier(identifier(issuer.key()));
  }

  private static CRLDistPoint distributionPoint() {
    GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, CRL_URI);
    DistributionPointName name = new DistributionPointName(new GeneralNames(uri));
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
  }
}
