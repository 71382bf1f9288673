package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.*;
import static dev.occ.verifier.attestation.TestCertificate.encode;
import static dev.occ.verifier.attestation.TestCertificate.name;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Documents whose certificates or path break a rule; the signature over the document is good. */
final class PathFaults {
  private static final int REGIONAL = 1;
  private static final int ZONAL = 2;
  private static final int LEAF = 4;
  private static final AlgorithmIdentifier ECDSA_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private PathFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.addAll(encodings());
    faults.addAll(algorithms());
    faults.addAll(keys());
    faults.addAll(times());
    faults.addAll(constraints());
    faults.addAll(names());
    faults.addAll(signatures());
    faults.add(debug("PCR0, 1, 2 zero", TestDocument.pcrs(0)));
    faults.add(debug("no PCR0, 1, 2", Cbor.map(Cbor.integer(3), Cbor.bytes(new byte[48]))));
    return faults;
  }

  private static List<Fault> encodings() {
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          der(
              "a byte after " + i,
              CERTIFICATE_TRAILING_BYTES,
              i,
              d -> Arrays.copyOf(d, d.length + 1)));
      faults.add(
          der("two certificates at " + i, CERTIFICATE_TRAILING_BYTES, i, d -> Cbor.join(d, d)));
      faults.add(
          der(
              "byte missing at " + i,
              CERTIFICATE_MALFORMED,
              i,
              d -> Arrays.copyOf(d, d.length - 1)));
    }
    faults.add(der("one byte", CERTIFICATE_MALFORMED, LEAF, d -> new byte[] {0x30}));
    faults.add(der("an empty sequence", CERTIFICATE_MALFORMED, LEAF, d -> Cbor.hex("3000")));
    faults.add(der("a set", CERTIFICATE_MALFORMED, LEAF, d -> replace(d, 0, 0x31)));
    faults.add(der("indefinite length", CERTIFICATE_MALFORMED, LEAF, PathFaults::indefinite));
    faults.add(der("length of four octets", CERTIFICATE_MALFORMED, LEAF, PathFaults::longLength));
    faults.add(der("length cut off", CERTIFICATE_MALFORMED, LEAF, d -> Cbor.hex("308203")));
    faults.add(der("BER inside", CERTIFICATE_MALFORMED, LEAF, PathFaults::berInside));
    faults.add(cert("version 1", CERTIFICATE_MALFORMED, LEAF, PathFaults::versionOne));
    faults.add(cert("version 2", CERTIFICATE_MALFORMED, LEAF, c -> c.version = 2));
    faults.add(
        cert(
            "bad basic constraints",
            CERTIFICATE_MALFORMED,
            LEAF,
            c -> c.extend(Extension.basicConstraints, true, Cbor.hex("0401"))));
    return faults;
  }

  private static List<Fault> algorithms() {
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          cert(
              "outer SHA-256 at " + i,
              CERTIFICATE_SIGNATURE_ALGORITHM,
              i,
              c -> c.outerAlgorithm = ECDSA_SHA256));
      faults.add(
          cert(
              "inner SHA-256 at " + i,
              CERTIFICATE_SIGNATURE_ALGORITHM,
              i,
              c -> c.innerAlgorithm = ECDSA_SHA256));
    }
    AlgorithmIdentifier withNull =
        new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384, DERNull.INSTANCE);
    faults.add(
        cert(
            "parameters of null",
            CERTIFICATE_SIGNATURE_ALGORITHM,
            LEAF,
            c -> {
              c.innerAlgorithm = withNull;
              c.outerAlgorithm = withNull;
            }));
    return faults;
  }

  private static List<Fault> keys() {
    X9ECParameters curve = TestKey.P384;
    AlgorithmIdentifier explicit =
        new AlgorithmIdentifier(
            X9ObjectIdentifiers.id_ecPublicKey,
            new X9ECParameters(curve.getCurve(), curve.getBaseEntry(), curve.getN(), curve.getH()));
    AlgorithmIdentifier p256 =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1);
    byte[] point = TestKey.named("leaf").point(false);
    AlgorithmIdentifier p384 = TestKey.named("leaf").publicKey().getAlgorithm();
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          cert(
              "explicit curve at " + i,
              CERTIFICATE_KEY_UNSUPPORTED,
              i,
              c -> c.publicKey = new SubjectPublicKeyInfo(explicit, c.key.point(false))));
    }
    faults.add(key("P-256", new SubjectPublicKeyInfo(p256, Arrays.copyOf(point, 65))));
    faults.add(
        key("compressed", new SubjectPublicKeyInfo(p384, TestKey.named("leaf").point(true))));
    faults.add(
        key("off the curve", new SubjectPublicKeyInfo(p384, replace(point, 96, point[96] ^ 1))));
    faults.add(key("infinity", new SubjectPublicKeyInfo(p384, new byte[1])));
    faults.add(
        key("hybrid", new SubjectPublicKeyInfo(p384, replace(point, 0, 6 | (point[96] & 1)))));
    faults.add(key("cut by a bit", cutByOneBit(p384)));
    faults.add(key("no point", new SubjectPublicKeyInfo(p384, new byte[0])));
    return faults;
  }

  /** A good point, but as a bit string of one bit less: the bit that is left out is zero. */
  private static SubjectPublicKeyInfo cutByOneBit(AlgorithmIdentifier algorithm) {
    byte[] point = TestKey.named("even").point(false);
    for (int i = 0; (point[96] & 1) != 0; i++) {
      point = TestKey.named("even " + i).point(false);
    }
    return SubjectPublicKeyInfo.getInstance(
        new DERSequence(new ASN1Encodable[] {algorithm, new DERBitString(point, 1)}));
  }

  private static Fault key(String name, SubjectPublicKeyInfo key) {
    return cert("key " + name, CERTIFICATE_KEY_UNSUPPORTED, LEAF, c -> c.publicKey = key);
  }

  private static List<Fault> times() {
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          cert(
              "expired " + i,
              CERTIFICATE_EXPIRED,
              i,
              c -> c.notAfter = TestDocument.TIME.minusSeconds(1)));
      faults.add(
          cert(
              "early " + i,
              CERTIFICATE_NOT_YET_VALID,
              i,
              c -> c.notBefore = TestDocument.TIME.plusSeconds(1)));
    }
    long rootEnds = TestDocument.TIME.plusSeconds(3650L * 86400 + 1).toEpochMilli();
    faults.add(
        member("after the root's end", CERTIFICATE_EXPIRED, "timestamp", Cbor.integer(rootEnds)));
    faults.add(member("in 1970", CERTIFICATE_NOT_YET_VALID, "timestamp", Cbor.integer(1)));
    faults.add(
        member(
            "at the end of time", CERTIFICATE_EXPIRED, "timestamp", Cbor.integer(Long.MAX_VALUE)));
    return faults;
  }

  private static List<Fault> constraints() {
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i < LEAF; i++) {
      faults.add(
          cert(
              "no constraints " + i,
              ISSUER_NOT_CA,
              i,
              c -> c.extensions.remove(Extension.basicConstraints)));
      faults.add(
          cert(
              "CA false " + i,
              ISSUER_NOT_CA,
              i,
              c -> c.extend(Extension.basicConstraints, true, new BasicConstraints(false))));
      faults.add(
          cert(
              "no key usage " + i,
              ISSUER_KEY_USAGE,
              i,
              c -> c.extensions.remove(Extension.keyUsage)));
      faults.add(
          cert(
              "no keyCertSign " + i, ISSUER_KEY_USAGE, i, c -> c.usage(KeyUsage.digitalSignature)));
    }
    faults.add(cert("regional pathLen 1", PATH_LENGTH_EXCEEDED, REGIONAL, c -> c.ca(1)));
    faults.add(cert("zonal pathLen 0", PATH_LENGTH_EXCEEDED, ZONAL, c -> c.ca(0)));
    faults.add(
        cert(
            "leaf CA",
            LEAF_IS_CA,
            LEAF,
            c -> c.extend(Extension.basicConstraints, true, new BasicConstraints(true))));
    faults.add(
        cert(
            "leaf keyCertSign",
            LEAF_IS_CA,
            LEAF,
            c -> c.usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)));
    faults.add(
        cert("leaf no usage", LEAF_KEY_USAGE, LEAF, c -> c.extensions.remove(Extension.keyUsage)));
    faults.add(
        cert("leaf agreement only", LEAF_KEY_USAGE, LEAF, c -> c.usage(KeyUsage.keyAgreement)));
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          cert(
              "unknown critical " + i,
              CERTIFICATE_CRITICAL_EXTENSION,
              i,
              c -> c.extend(unknown, true, DERNull.INSTANCE)));
    }
    NameConstraints others =
        new NameConstraints(
            new GeneralSubtree[] {new GeneralSubtree(new GeneralName(name("elsewhere")))}, null);
    faults.add(
        cert(
            "name constraint",
            PATH_INVALID,
            REGIONAL,
            c -> c.extend(Extension.nameConstraints, true, others)));
    return faults;
  }

  private static List<Fault> names() {
    return List.of(
        cert(
            "another issuer of the first", PATH_NAME_CHAINING, REGIONAL, c -> c.issuer = name("x")),
        cert("another issuer of the leaf", PATH_NAME_CHAINING, LEAF, c -> c.issuer = name("x")),
        path("another root", ROOT_NOT_PINNED, p -> p.get(0).serial = 2),
        path("no root", ROOT_NOT_PINNED, p -> p.remove(0)),
        path("bundle reversed", CABUNDLE_REVERSED, p -> Collections.reverse(p.subList(0, 4))),
        path("leaf first", ROOT_NOT_PINNED, Collections::reverse),
        path("two swapped", PATH_LENGTH_EXCEEDED, p -> Collections.swap(p, REGIONAL, ZONAL)),
        path("one left out", PATH_NAME_CHAINING, p -> p.remove(ZONAL)),
        path(
            "a stranger in between",
            PATH_NAME_CHAINING,
            p -> p.set(ZONAL, TestDocument.certificate("x", "x", 6, 1))),
        path("one twice", CERTIFICATE_DUPLICATE, p -> p.add(ZONAL, p.get(REGIONAL))),
        path("root twice", CERTIFICATE_DUPLICATE, p -> p.add(0, p.get(0))),
        path("root as leaf", CERTIFICATE_DUPLICATE, p -> p.set(LEAF, p.get(0))));
  }

  private static List<Fault> signatures() {
    List<Fault> faults = new ArrayList<>();
    for (int i = REGIONAL; i <= LEAF; i++) {
      faults.add(
          cert(
              "wrong issuer's key " + i,
              CERTIFICATE_SIGNATURE_INVALID,
              i,
              c -> c.issuerKey = TestKey.named("x")));
    }
    BigInteger one = BigInteger.ONE;
    BigInteger n = TestKey.P384.getN();
    faults.add(resigned("r and s zero", pair(BigInteger.ZERO, BigInteger.ZERO)));
    faults.add(resigned("s zero", pair(one, BigInteger.ZERO)));
    faults.add(resigned("r is n", pair(n, one)));
    faults.add(resigned("s is n", pair(one, n)));
    faults.add(resigned("r negative", pair(one.negate(), one)));
    faults.add(
        resigned(
            "three numbers",
            encode(
                new DERSequence(
                    new ASN1Encodable[] {
                      new ASN1Integer(1), new ASN1Integer(1), new ASN1Integer(1)
                    }))));
    faults.add(resigned("no sequence", Cbor.hex("0500")));
    faults.add(resigned("nothing", new byte[0]));
    return faults;
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    return encode(new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)}));
  }

  private static Fault resigned(String name, byte[] signature) {
    TestCertificate leaf = new TestDocument().path.get(LEAF);
    return der(
        "signature " + name,
        CERTIFICATE_SIGNATURE_INVALID,
        LEAF,
        d -> leaf.assemble(tbs(d), signature));
  }

  private static byte[] tbs(byte[] certificate) {
    return encode(ASN1Sequence.getInstance(certificate).getObjectAt(0));
  }

  private static void versionOne(TestCertificate certificate) {
    certificate.version = 1;
    certificate.extensions.clear();
  }

  private static byte[] indefinite(byte[] der) {
    byte[] body = Arrays.copyOfRange(der, 4, der.length);
    return Cbor.join(Cbor.hex("3080"), body, Cbor.hex("0000"));
  }

  private static byte[] longLength(byte[] der) {
    return Cbor.join(Cbor.hex("30840000"), Arrays.copyOfRange(der, 2, der.length));
  }

  /** The signed part's length in three octets instead of two, as BER allows. */
  private static byte[] berInside(byte[] der) {
    byte[] body = Arrays.copyOfRange(der, 6, der.length);
    byte[] out = Cbor.join(Arrays.copyOf(der, 5), Cbor.hex("8300"), body);
    int length = out.length - 4;
    return replace(replace(out, 2, length >>> 8), 3, length);
  }

  private static byte[] replace(byte[] bytes, int index, int value) {
    byte[] copy = bytes.clone();
    copy[index] = (byte) value;
    return copy;
  }

  private static Fault debug(String name, byte[] pcrs) {
    return member(name, DEBUG_ENCLAVE, "pcrs", pcrs);
  }

  private static Fault member(
      String name, AttestationRejection reason, String member, byte[] value) {
    return new Fault(name, reason, new TestDocument().member(member, value).build());
  }

  private static Fault cert(
      String name, AttestationRejection reason, int index, Consumer<TestCertificate> change) {
    return new Fault(name, reason, new TestDocument().certificate(index, change).build());
  }

  private static Fault der(
      String name, AttestationRejection reason, int index, UnaryOperator<byte[]> change) {
    TestDocument document = new TestDocument();
    byte[][] ders = document.ders();
    ders[index] = change.apply(ders[index]);
    document.putCertificates(ders);
    return new Fault(name, reason, document.build());
  }

  private static Fault path(
      String name, AttestationRejection reason, Consumer<List<TestCertificate>> change) {
    TestDocument document = new TestDocument();
    change.accept(document.path);
    document.putCertificates();
    return new Fault(name, reason, document.build());
  }
}
