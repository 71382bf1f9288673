package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.BrokenTokens.add;
import static dev.occ.verifier.timestamp.BrokenTokens.encoded;
import static dev.occ.verifier.timestamp.BrokenTokens.hex;
import static dev.occ.verifier.timestamp.BrokenTokens.tsa;
import static dev.occ.verifier.timestamp.TimestampRejection.*;

import dev.occ.verifier.timestamp.BrokenTokens.Case;
import dev.occ.verifier.timestamp.TestIdentity.Extensions;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;

/** Tokens with a fault in their encoding, their structure or what is signed. */
final class BrokenStructures {
  private BrokenStructures() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    encodings(cases, new TestToken().build().toByteArray());
    structures(cases);
    contents(cases);
    attributes(cases);
    issuersAndSerials(cases);
    return cases;
  }

  private static void encodings(List<Case> cases, byte[] good) {
    add(cases, TOKEN_TOO_LARGE, "64 KiB and a byte", new byte[64 * 1024 + 1]);
    add(cases, DER_TRAILING_BYTES, "64 KiB, of which it uses two bytes", new byte[64 * 1024]);
    add(cases, DER_TRAILING_BYTES, "a zero", Arrays.copyOf(good, good.length + 1));
    add(cases, DER_MALFORMED, "empty", new byte[0]);
    add(cases, DER_MALFORMED, "cut off", Arrays.copyOf(good, good.length - 1));
    add(cases, CMS_MALFORMED, "indefinite length, not of a token", hex("30800201000000"));
    add(cases, DER_MALFORMED, "indefinite length without an end", hex("3080020100"));
    add(cases, DER_MALFORMED, "indefinite length of a primitive value", hex("300404800000"));
    add(cases, DER_MALFORMED, "high tag number", hex("30051f81010100"));
    add(cases, DER_MALFORMED, "integer with a leading zero", hex("300402020001"));
    add(cases, DER_TOO_DEEP, "40 levels", tower(40));
  }

  private static byte[] tower(int levels) {
    try {
      var value = (org.bouncycastle.asn1.ASN1Encodable) new DEROctetString(new byte[3]);
      for (int i = 0; i < levels; i++) {
        value = new DERSequence(value);
      }
      return value.toASN1Primitive().getEncoded();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void structures(List<Case> cases) {
    add(cases, CMS_MALFORMED, "a number", hex("020101"));
    add(cases, CMS_MALFORMED, "an empty sequence", hex("3000"));
    add(
        cases,
        CMS_MALFORMED,
        "CMS data",
        encoded(new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(new byte[1]))));
    add(
        cases,
        CMS_MALFORMED,
        "SignedData that is a null",
        encoded(
            new ContentInfo(PKCSObjectIdentifiers.signedData, new DEROctetString(new byte[1]))));
    add(
        cases,
        CONTENT_NOT_TST_INFO,
        "of another type",
        t -> t.contentType = new ASN1ObjectIdentifier("1.2.3"));
    add(cases, CONTENT_NOT_TST_INFO, "data", t -> t.contentType = PKCSObjectIdentifiers.data);
    add(cases, SIGNER_COUNT, "none", t -> t.signers = 0);
    add(cases, SIGNER_COUNT, "two", t -> t.signers = 2);
    add(cases, CMS_MALFORMED, "version 2", CmsForms.version(new TestToken().build(), 2));
    add(
        cases,
        TOO_MANY_CERTIFICATES,
        "17",
        t -> {
          while (t.certificates.size() < 17) {
            t.certificates.add(
                TestToken.ROOT.issue(new Form("CN=More", TestIdentity.ca(0))).certificate());
          }
        });
    add(
        cases,
        SIGNER_CERTIFICATE_MISSING,
        "left out",
        t -> t.certificates.remove(TestToken.TSA.certificate()));
  }

  private static void contents(List<Case> cases) {
    add(cases, TST_INFO_MALFORMED, "text", t -> t.info = new DERUTF8String("12:00"));
    add(cases, TST_INFO_MALFORMED, "an empty sequence", t -> t.info = new DERSequence());
    add(cases, DER_MALFORMED, "a TSTInfo of indefinite length", CmsForms::indefinite);
    add(cases, DER_MALFORMED, "a TSTInfo with a long length", CmsForms::longLength);
    add(cases, TST_INFO_MALFORMED, "version 2", t -> t.version = 2);
    add(
        cases,
        TST_INFO_MALFORMED,
        "negative accuracy",
        t -> t.accuracy = new Accuracy(new ASN1Integer(-1), null, null));
    for (String time :
        List.of(
            "20260601120000",
            "202606011200Z",
            "20260601120000.0Z",
            "20260601120000.250Z",
            "20260601120000+0000",
            "20260230120000Z")) {
      add(cases, GEN_TIME_INVALID, time, t -> t.time = time);
    }
    // What BouncyCastle's parser knows to be no time is refused with the encoding.
    for (String time : List.of("20261301120000Z", "20260601120060Z", "20260601240000Z", "now")) {
      add(cases, DER_MALFORMED, time, t -> t.time = time);
    }
    add(
        cases,
        CRITICAL_EXTENSION,
        "unknown",
        t ->
            t.extensions =
                new org.bouncycastle.asn1.x509.Extensions(
                    new Extension(new ASN1ObjectIdentifier("1.2.3"), true, new byte[] {5, 0})));
    add(
        cases,
        IMPRINT_ALGORITHM,
        "SHA-1",
        t -> {
          t.imprintAlgorithm = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);
          t.imprint = new byte[20];
        });
    add(
        cases,
        IMPRINT_ALGORITHM,
        "SHA-256 with parameters",
        t ->
            t.imprintAlgorithm =
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, new ASN1Integer(1)));
    add(cases, IMPRINT_ALGORITHM, "31 bytes", t -> t.imprint = new byte[31]);
    add(cases, IMPRINT_MISMATCH, "another digest", t -> t.imprint = new byte[32]);
    add(
        cases,
        TSA_NAME_MISMATCH,
        "another name",
        t -> t.tsa = new GeneralName(new X500Name("CN=Somebody")));
    add(
        cases,
        TSA_NAME_MISMATCH,
        "a DNS name, and the certificate has no alternative names",
        t -> t.tsa = new GeneralName(GeneralName.dNSName, "tsa.example"));
    tsa(
        cases,
        TSA_NAME_MISMATCH,
        "a DNS name that is not among the alternative names",
        new Form(
            "CN=T",
            alternative(new GeneralNames(new GeneralName(GeneralName.dNSName, "other.example")))),
        t -> t.tsa = new GeneralName(GeneralName.dNSName, "tsa.example"));
    tsa(
        cases,
        TSA_NAME_MISMATCH,
        "alternative names not of their structure",
        new Form("CN=T", alternative(DERNull.INSTANCE)),
        t -> t.tsa = new GeneralName(GeneralName.dNSName, "tsa.example"));
  }

  private static Extensions alternative(ASN1Encodable names) {
    return b -> {
      TestIdentity.stamping().addTo(b);
      b.addExtension(Extension.subjectAlternativeName, false, names);
    };
  }

  private static void attributes(List<Case> cases) {
    add(cases, SIGNED_ATTRIBUTES, "none", t -> t.signedAttributes = false);
    add(
        cases,
        SIGNED_ATTRIBUTES,
        "two signing-certificate attributes",
        t -> t.attributes = all -> TestToken.essV2(t.signer, TestToken.essV2(t.signer, all)));
    add(
        cases,
        SIGNED_ATTRIBUTES,
        "two content types",
        t -> t.attributes = all -> CmsForms.contentType(CmsForms.contentType(all)));
    add(
        cases,
        SIGNED_ATTRIBUTES,
        "two message digests",
        t -> t.attributes = all -> CmsForms.messageDigest(CmsForms.messageDigest(all)));
    add(cases, ESS_CERTIFICATE_ID_MISSING, "neither version", t -> t.attributes = all -> all);
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "version 2 of another certificate",
        t -> t.attributes = all -> TestToken.essV2(TestToken.ROOT, all));
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "version 1 of another certificate",
        t -> t.attributes = all -> TestToken.essV1(TestToken.ROOT, all));
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "version 1 right, version 2 wrong",
        t -> t.attributes = all -> TestToken.essV1(t.signer, TestToken.essV2(TestToken.ROOT, all)));
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "not of its structure",
        t ->
            t.attributes =
                all -> {
                  all.add(
                      TestToken.attribute(
                          PKCSObjectIdentifiers.id_aa_signingCertificateV2, DERNull.INSTANCE));
                  return all;
                });
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "version 2 with SHA-1",
        t ->
            t.attributes =
                all -> {
                  all.add(
                      TestToken.attribute(
                          PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                          new SigningCertificateV2(
                              new ESSCertIDv2(
                                  new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1),
                                  new byte[20]))));
                  return all;
                });
  }

  /** The hash is right in each of them, and what stands beside it is not. */
  private static void issuersAndSerials(List<Case> cases) {
    X500Name name = TestToken.TSA.certificate().getIssuer();
    BigInteger serial = TestToken.TSA.certificate().getSerialNumber();
    GeneralName right = new GeneralName(name);
    GeneralName wrong = new GeneralName(TestToken.ROOT.certificate().getSubject());
    named(cases, "another serial number", TestToken.named(serial.add(BigInteger.ONE), right));
    named(cases, "another issuer", TestToken.named(serial, wrong));
    named(cases, "two issuers", TestToken.named(serial, right, wrong));
    named(cases, "no issuer", TestToken.named(serial));
    named(
        cases,
        "an issuer by DNS",
        TestToken.named(serial, new GeneralName(GeneralName.dNSName, "ca.example")));
    // Its content is the same sequence: only the tag tells it from the right name.
    named(
        cases,
        "the issuer as an X.400 address",
        TestToken.named(serial, new GeneralName(GeneralName.x400Address, name.toASN1Primitive())));
  }

  private static void named(List<Case> cases, String name, IssuerSerial named) {
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "version 1 with " + name,
        t -> t.attributes = all -> TestToken.essV1(t.signer, named, all));
    add(
        cases,
        ESS_CERTIFICATE_ID_MISMATCH,
        "version 2 with " + name,
        t -> t.attributes = all -> TestToken.essV2(t.signer, named, all));
  }
}
