package dev.occ.signer.soft;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * An X.509 version 3 certificate (RFC 5280) in the making, signed with ecdsa-with-SHA384.
 *
 * <p>It checks nothing: the fault kit makes certificates that a checking builder would refuse.
 */
final class CertificateBuilder {
  private static final AlgorithmIdentifier ECDSA_WITH_SHA384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

  private final Issuer issuer;
  private final X500Name subject;
  private final BigInteger serial;
  private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
  private SubjectPublicKeyInfo publicKey;
  private Instant notBefore = Instant.EPOCH;
  private Instant notAfter = Instant.EPOCH;
  private AlgorithmIdentifier innerAlgorithm = ECDSA_WITH_SHA384;
  private AlgorithmIdentifier outerAlgorithm = ECDSA_WITH_SHA384;
  private String digest = "SHA-384";

  /** A certificate with neither validity nor extensions yet. */
  CertificateBuilder(
      Issuer issuer, X500Name subject, SubjectPublicKeyInfo publicKey, BigInteger serial) {
    this.issuer = issuer;
    this.subject = subject;
    this.publicKey = publicKey;
    this.serial = serial;
  }

  X500Name subject() {
    return subject;
  }

  Instant notBefore() {
    return notBefore;
  }

  Instant notAfter() {
    return notAfter;
  }

  /** Both ends are part of the validity; whole seconds, X.509 knows no smaller unit. */
  @CanIgnoreReturnValue
  CertificateBuilder validity(Instant notBefore, Instant notAfter) {
    this.notBefore = notBefore;
    this.notAfter = notAfter;
    return this;
  }

  @CanIgnoreReturnValue
  CertificateBuilder publicKey(SubjectPublicKeyInfo publicKey) {
    this.publicKey = publicKey;
    return this;
  }

  /** Sets an extension, in place of the one of that type if there was one. */
  @CanIgnoreReturnValue
  CertificateBuilder extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
    extensions.put(type, new Extension(type, critical, der(value)));
    return this;
  }

  /** Leaves an extension out. */
  @CanIgnoreReturnValue
  CertificateBuilder without(ASN1ObjectIdentifier type) {
    extensions.remove(type);
    return this;
  }

  /** The algorithm named inside the signed part, the one outside, and the digest really used. */
  @CanIgnoreReturnValue
  CertificateBuilder algorithms(
      ASN1ObjectIdentifier inner, ASN1ObjectIdentifier outer, String digest) {
    this.innerAlgorithm = new AlgorithmIdentifier(inner);
    this.outerAlgorithm = new AlgorithmIdentifier(outer);
    this.digest = digest;
    return this;
  }

  /** The certificate in DER, signed by its issuer. */
  byte[] sign() {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(serial));
    generator.setSignature(innerAlgorithm);
    generator.setIssuer(issuer.name());
    generator.setStartDate(time(notBefore));
    generator.setEndDate(time(notAfter));
    generator.setSubject(subject);
    generator.setSubjectPublicKeyInfo(publicKey);
    generator.setExtensions(new Extensions(extensions.values().toArray(new Extension[0])));
    TBSCertificate signed = generator.generateTBSCertificate();
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(signed);
    parts.add(outerAlgorithm);
    parts.add(new DERBitString(signature(der(signed))));
    return der(new DERSequence(parts));
  }

  private byte[] signature(byte[] data) {
    BigInteger[] signature = issuer.key().sign(EcKey.digest(digest, data));
    try {
      return StandardDSAEncoding.INSTANCE.encode(issuer.key().order(), signature[0], signature[1]);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }

  /** The class writes dates in the default locale's calendar unless it is told otherwise. */
  private static Time time(Instant instant) {
    return new Time(Date.from(instant), Locale.ROOT);
  }

  private static byte[] der(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }
}
