package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_CRITICAL_EXTENSION;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_KEY_UNSUPPORTED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_MALFORMED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_PROFILE;
import static dev.occ.verifier.attestation.AttestationRejection.ISSUER_NOT_CA;
import static dev.occ.verifier.attestation.AttestationRejection.LEAF_KEY_USAGE;
import static dev.occ.verifier.attestation.AttestationRejection.PATH_INVALID;
import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.TestCertificate.encode;
import static dev.occ.verifier.attestation.TestCertificate.name;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Certificates that break the profile of RFC 5280 section 4 in one place, of the kinds that
 * x509-limbo tries libraries with; signatures are good.
 */
final class ProfileFaults {
  private static final int REGIONAL = 1;
  private static final int ZONAL = 2;
  private static final int LEAF = 4;

  /** Of the signed part's fields. */
  private static final int VERSION = 0;

  private static final int SERIAL = 1;
  private static final int ISSUER = 3;
  private static final int VALIDITY = 4;
  private static final int SUBJECT = 5;
  private static final int EXTENSIONS = 7;

  private static final String START = "240601115930Z";
  private static final String END = "240601150000Z";

  private ProfileFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    for (int i : new int[] {REGIONAL, LEAF}) {
      faults.addAll(serials(i));
      faults.addAll(encodings(i));
      faults.add(extended("purposes of others at " + i, CERTIFICATE_PROFILE, i, purposes()));
    }
    faults.addAll(versionsAndNames());
    faults.addAll(times());
    faults.addAll(extensionValues());
    faults.addAll(constraints());
    faults.addAll(keys());
    return faults;
  }

  /** What looks odd and is allowed: each must be accepted. */
  static List<Consumer<TestDocument>> allowed() {
    GeneralName ours = new GeneralName(new X500Name("C=US,O=Test"));
    return List.of(
        serial(LEAF, "021500" + "ff".repeat(20)),
        validity(utc(START), general("20500101000000Z")),
        // The ninth bit, in an octet of its own.
        at(LEAF, c -> c.usage(KeyUsage.digitalSignature | KeyUsage.decipherOnly)),
        at(LEAF, c -> c.extend(Extension.extendedKeyUsage, false, anyPurpose())),
        at(REGIONAL, c -> c.extend(Extension.extendedKeyUsage, false, anyPurpose())),
        // Section 6.1 finds issuers by name and key; the identifier only helps to look for them.
        at(
            ZONAL,
            c ->
                c.extend(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(new byte[20]))),
        at(
            ZONAL,
            c ->
                c.extend(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(ours)}, null))));
  }

  private static List<Fault> serials(int i) {
    return List.of(
        fault("serial zero at " + i, CERTIFICATE_PROFILE, serial(i, "020100")),
        fault("serial negative at " + i, CERTIFICATE_PROFILE, serial(i, "0201ff")),
        fault(
            "serial of 161 bits at " + i,
            CERTIFICATE_PROFILE,
            serial(i, "0215" + "01".repeat(21))));
  }

  private static Consumer<TestDocument> serial(int index, String der) {
    return set(index, SERIAL, raw(der));
  }

  private static List<Fault> encodings(int i) {
    return List.of(
        fault(
            "extensions twice at " + i,
            CERTIFICATE_MALFORMED,
            extensions(i, all -> all.add(all.get(0)))),
        fault(
            "criticality false written out at " + i,
            CERTIFICATE_PROFILE,
            extensions(i, all -> all.add(extension(ASN1Boolean.FALSE)))),
        fault(
            "criticality true as 01 at " + i,
            CERTIFICATE_MALFORMED,
            extensions(i, all -> all.add(extension(raw("010101"))))),
        extended("value with BER length at " + i, CERTIFICATE_PROFILE, i, hex("04810100")),
        extended("value with a byte after at " + i, CERTIFICATE_MALFORMED, i, hex("050000")),
        extended("value that is nothing at " + i, CERTIFICATE_MALFORMED, i, new byte[0]));
  }

  private static List<Fault> versionsAndNames() {
    ASN1Encodable version4 = new DERTaggedObject(true, 0, raw("020103"));
    ASN1Encodable version1 = new DERTaggedObject(true, 0, raw("020100"));
    return List.of(
        fault("CA of no extension", ISSUER_NOT_CA, extensions(REGIONAL, List::clear)),
        fault("leaf of no extension", LEAF_KEY_USAGE, extensions(LEAF, List::clear)),
        fault("version 4", CERTIFICATE_MALFORMED, set(LEAF, VERSION, version4)),
        fault("version 1 with extensions", CERTIFICATE_MALFORMED, set(LEAF, VERSION, version1)),
        fault("CA of version 2", CERTIFICATE_MALFORMED, at(REGIONAL, c -> c.version = 2)),
        fault("issuer empty", CERTIFICATE_MALFORMED, set(LEAF, ISSUER, new DERSequence())),
        fault("subject of CA empty", CERTIFICATE_MALFORMED, set(ZONAL, SUBJECT, new DERSequence())),
        fault("subject empty", CERTIFICATE_MALFORMED, set(LEAF, SUBJECT, new DERSequence())));
  }

  private static List<Fault> times() {
    return List.of(
        time("UTCTime without seconds", utc("2406011159Z"), utc(END)),
        time("UTCTime with offset", utc("240601115930+0000"), utc(END)),
        time("end without seconds", utc(START), utc("2406011500Z")),
        time("GeneralizedTime before 2050", general("20" + START), utc(END)),
        time("end as GeneralizedTime before 2050", utc(START), general("20" + END)),
        time("end as GeneralizedTime in 2049", utc(START), general("20491231235959Z")),
        time("GeneralizedTime with fraction", utc(START), general("20500601150000.5Z")),
        time("GeneralizedTime with offset", utc(START), general("20500601150000+0000")),
        fault(
            "validity of texts",
            CERTIFICATE_MALFORMED,
            validity(new DEROctetString(hex("00")), utc(END))));
  }

  private static Fault time(String name, ASN1Encodable from, ASN1Encodable to) {
    return fault(name, CERTIFICATE_PROFILE, validity(from, to));
  }

  private static Consumer<TestDocument> validity(ASN1Encodable from, ASN1Encodable to) {
    return set(LEAF, VALIDITY, new DERSequence(new ASN1Encodable[] {from, to}));
  }

  private static ASN1Encodable utc(String text) {
    return raw("17" + length(text) + ascii(text));
  }

  private static ASN1Encodable general(String text) {
    return raw("18" + length(text) + ascii(text));
  }

  private static List<Fault> extensionValues() {
    ASN1ObjectIdentifier basic = Extension.basicConstraints;
    ASN1ObjectIdentifier usage = Extension.keyUsage;
    return List.of(
        value("CA false written out", CERTIFICATE_PROFILE, LEAF, basic, "3003010100"),
        value("CA true as 01", CERTIFICATE_PROFILE, REGIONAL, basic, "3003010101"),
        value("path length without CA", CERTIFICATE_PROFILE, LEAF, basic, "3003020100"),
        value("path length negative", ISSUER_NOT_CA, REGIONAL, basic, "30060101ff0201ff"),
        value(
            "path length beyond int",
            CERTIFICATE_MALFORMED,
            REGIONAL,
            basic,
            "300b0101ff02067fffffffffff"),
        value("usage of no bits", CERTIFICATE_PROFILE, LEAF, usage, "030100"),
        value("usage with zeros at its end", CERTIFICATE_PROFILE, LEAF, usage, "030200c0"),
        value("usage with an octet too many", CERTIFICATE_PROFILE, LEAF, usage, "03030080" + "00"),
        value("usage as integer", CERTIFICATE_MALFORMED, LEAF, usage, "020105"));
  }

  private static List<Fault> constraints() {
    NameConstraints notOurs =
        new NameConstraints(
            null, new GeneralSubtree[] {new GeneralSubtree(new GeneralName(name("leaf")))});
    return List.of(
        fault(
            "basic constraints of a CA not critical",
            CERTIFICATE_PROFILE,
            at(
                REGIONAL,
                c -> c.extend(Extension.basicConstraints, false, new BasicConstraints(2)))),
        fault(
            "CA by name constraints alone",
            ISSUER_NOT_CA,
            at(
                ZONAL,
                c -> {
                  c.extensions.remove(Extension.basicConstraints);
                  c.extend(Extension.nameConstraints, true, notOurs);
                })),
        fault(
            "leaf's name excluded",
            PATH_INVALID,
            at(ZONAL, c -> c.extend(Extension.nameConstraints, true, notOurs))),
        fault(
            "policy required and none there",
            PATH_INVALID,
            at(
                REGIONAL,
                c ->
                    c.extend(
                        Extension.policyConstraints,
                        true,
                        new PolicyConstraints(BigInteger.ZERO, null)))),
        fault(
            "critical key identifier",
            CERTIFICATE_CRITICAL_EXTENSION,
            at(
                LEAF,
                c ->
                    c.extend(
                        Extension.authorityKeyIdentifier,
                        true,
                        new AuthorityKeyIdentifier(new byte[20])))));
  }

  private static List<Fault> keys() {
    return List.of(otherKey("RSA", 1024), otherKey("Ed25519", 255), otherKey("X25519", 255));
  }

  private static Fault otherKey(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      SubjectPublicKeyInfo key =
          SubjectPublicKeyInfo.getInstance(generator.generateKeyPair().getPublic().getEncoded());
      return fault(
          "key of " + algorithm, CERTIFICATE_KEY_UNSUPPORTED, at(LEAF, c -> c.publicKey = key));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }

  private static ExtendedKeyUsage anyPurpose() {
    return new ExtendedKeyUsage(
        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage});
  }

  private static byte[] purposes() {
    return encode(new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
  }

  private static Fault value(
      String name,
      AttestationRejection reason,
      int index,
      ASN1ObjectIdentifier extension,
      String der) {
    return fault(name, reason, at(index, c -> c.extend(extension, true, hex(der))));
  }

  private static Fault extended(String name, AttestationRejection reason, int index, byte[] value) {
    ASN1ObjectIdentifier id =
        name.startsWith("purposes") ? Extension.extendedKeyUsage : Extension.subjectKeyIdentifier;
    return fault(name, reason, at(index, c -> c.extend(id, false, value)));
  }

  private static ASN1Encodable extension(ASN1Encodable critical) {
    return new DERSequence(
        new ASN1Encodable[] {
          Extension.subjectKeyIdentifier, critical, new DEROctetString(encode(DERNull.INSTANCE))
        });
  }

  private static Consumer<TestDocument> extensions(
      int index, Consumer<List<ASN1Encodable>> change) {
    return at(
        index,
        c ->
            c.fields =
                fields -> {
                  ASN1TaggedObject tagged = (ASN1TaggedObject) fields.get(EXTENSIONS);
                  List<ASN1Encodable> all = new ArrayList<>();
                  ASN1Sequence.getInstance(tagged, true).forEach(all::add);
                  change.accept(all);
                  DERSequence sequence = new DERSequence(all.toArray(ASN1Encodable[]::new));
                  fields.set(EXTENSIONS, new DERTaggedObject(true, 3, sequence));
                });
  }

  private static Consumer<TestDocument> set(int index, int field, ASN1Encodable value) {
    return at(index, c -> c.fields = fields -> fields.set(field, value));
  }

  private static Consumer<TestDocument> at(int index, Consumer<TestCertificate> change) {
    return document -> document.certificate(index, change);
  }

  private static Fault fault(
      String name, AttestationRejection reason, Consumer<TestDocument> change) {
    return new Fault(name, reason, new TestDocument().with(change).build());
  }

  /** BouncyCastle writes what it has read as it was: contents that DER forbids too. */
  private static ASN1Encodable raw(String der) {
    try {
      return ASN1Primitive.fromByteArray(hex(der));
    } catch (IOException e) {
      throw new AssertionError(der, e);
    }
  }

  private static String length(String text) {
    return HexFormat.of().toHexDigits((byte) text.length());
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
