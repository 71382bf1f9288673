package dev.occ.verifier.attestation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate in the making; every part can be made wrong, as no library would let one. */
final class TestCertificate {
  static final AlgorithmIdentifier ECDSA_SHA384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

  X500Name issuer;
  X500Name subject;
  TestKey issuerKey;
  TestKey key;
  ASN1Encodable publicKey;
  int version = 3;
  long serial = 1;
  Instant notBefore;
  Instant notAfter;
  AlgorithmIdentifier innerAlgorithm = ECDSA_SHA384;
  AlgorithmIdentifier outerAlgorithm = ECDSA_SHA384;
  final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();

  /** Changes the fields of the signed part, the version at 0. */
  Consumer<List<ASN1Encodable>> fields = all -> {};

  TestCertificate(String subject, String issuer, Instant notBefore, Instant notAfter) {
    this.subject = name(subject);
    this.issuer = name(issuer);
    this.key = TestKey.named(subject);
    this.issuerKey = TestKey.named(issuer);
    this.publicKey = key.publicKey();
    this.notBefore = notBefore;
    this.notAfter = notAfter;
  }

  static X500Name name(String common) {
    return new X500Name("C=US,O=Test,CN=" + common);
  }

  void ca(int pathLength) {
    extend(
        Extension.basicConstraints,
        true,
        pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
    usage(KeyUsage.keyCertSign);
  }

  void usage(int bits) {
    extend(Extension.keyUsage, true, new KeyUsage(bits));
  }

  void extend(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      extend(id, critical, value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void extend(ASN1ObjectIdentifier id, boolean critical, byte[] value) {
    extensions.put(id, new Extension(id, critical, value));
  }

  byte[] der() {
    ASN1EncodableVector tbs = new ASN1EncodableVector();
    if (version > 1) {
      tbs.add(new DERTaggedObject(true, 0, new ASN1Integer(version - 1)));
    }
    tbs.add(new ASN1Integer(serial));
    tbs.add(innerAlgorithm);
    tbs.add(issuer);
    tbs.add(new DERSequence(new ASN1Encodable[] {time(notBefore), time(notAfter)}));
    tbs.add(subject);
    tbs.add(publicKey);
    if (!extensions.isEmpty()) {
      DERSequence all = new DERSequence(extensions.values().toArray(ASN1Encodable[]::new));
      tbs.add(new DERTaggedObject(true, 3, all));
    }
    List<ASN1Encodable> changed = new ArrayList<>();
    for (int i = 0; i < tbs.size(); i++) {
      changed.add(tbs.get(i));
    }
    fields.accept(changed);
    return sign(encode(new DERSequence(changed.toArray(ASN1Encodable[]::new))));
  }

  private byte[] sign(byte[] tbs) {
    BigInteger[] pair = issuerKey.signPair(tbs);
    byte[] signature =
        encode(
            new DERSequence(
                new ASN1Encodable[] {new ASN1Integer(pair[0]), new ASN1Integer(pair[1])}));
    return assemble(tbs, signature);
  }

  /** A certificate of a signed part as it is and any signature. */
  byte[] assemble(byte[] tbs, byte[] signature) {
    ASN1EncodableVector certificate = new ASN1EncodableVector();
    try {
      certificate.add(ASN1Primitive.fromByteArray(tbs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    certificate.add(outerAlgorithm);
    certificate.add(new DERBitString(signature));
    return encode(new DERSequence(certificate));
  }

  private static Time time(Instant instant) {
    return new Time(Date.from(instant));
  }

  static byte[] encode(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
