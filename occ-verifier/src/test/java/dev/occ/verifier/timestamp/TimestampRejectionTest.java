package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.timestamp.TestIdentity.Extensions;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import dev.occ.verifier.timestamp.TimestampResult.Refused;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason for which a timestamp is refused has tokens that are refused for it. */
class TimestampRejectionTest {
  /** One broken token. */
  record Case(TimestampRejection reason, String name, Bytes token) {
    @Override
    public String toString() {
      return reason.code() + ": " + name;
    }
  }

  /** Those of an entry in a proof are in tests of their own. */
  private static final Set<TimestampRejection> OF_ENTRIES =
      EnumSet.of(
          ENTRY_MALFORMED,
          ENTRY_DIGEST_MISMATCH,
          ENTRY_TIME_MISMATCH,
          // These are of responses: TimestampRequestTest.
          RESPONSE_MALFORMED,
          RESPONSE_REJECTED,
          NONCE_MISMATCH);

  private static final List<Case> CASES = cases();

  static List<Case> all() {
    return CASES;
  }

  @Test
  void catalogue_everyReason_hasACase() {
    Set<TimestampRejection> covered = EnumSet.copyOf(OF_ENTRIES);
    CASES.forEach(one -> covered.add(one.reason()));
    assertThat(covered).containsExactlyInAnyOrder(TimestampRejection.values());
  }

  @Test
  void code_everyReason_hyphenatedWordsOfItsOwn() {
    assertThat(IMPRINT_MISMATCH.code()).isEqualTo("imprint-mismatch");
    assertThat(TimestampRejection.values())
        .extracting(TimestampRejection::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void verify_ruleBroken_refusedForThatReason(Case one) {
    TimestampResult result = TestToken.verifier().verify(one.token(), TestToken.DIGEST);
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(((Refused) result).reason()).as("%s", result).isEqualTo(one.reason());
    assertThat(((Refused) result).problem()).isNotEmpty();
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    byte[] good = new TestToken().build().toByteArray();
    encodings(cases, good);
    structures(cases);
    contents(cases);
    attributes(cases);
    issuersAndSerials(cases);
    signerCertificates(cases);
    paths(cases);
    signatures(cases, good);
    return cases;
  }

  private static void encodings(List<Case> cases, byte[] good) {
    add(cases, TOKEN_TOO_LARGE, "64 KiB and a byte", new byte[64 * 1024 + 1]);
    add(cases, DER_TRAILING_BYTES, "64 KiB, of which it uses two bytes", new byte[64 * 1024]);
    add(cases, DER_TRAILING_BYTES, "a zero", Arrays.copyOf(good, good.length + 1));
    add(cases, DER_MALFORMED, "empty", new byte[0]);
    add(cases, DER_MALFORMED, "cut off", Arrays.copyOf(good, good.length - 1));
    add(cases, DER_MALFORMED, "indefinite length", hex("3080020100000000"));
    add(cases, DER_MALFORMED, "long form of a short length", hex("308103020100"));
    add(cases, DER_MALFORMED, "leading zero in a length", hex("30820003020100"));
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
    add(cases, CMS_MALFORMED, "version 1: data", t -> t.contentType = PKCSObjectIdentifiers.data);
    add(cases, SIGNER_COUNT, "none", t -> t.signers = 0);
    add(cases, SIGNER_COUNT, "two", t -> t.signers = 2);
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

  private static void signerCertificates(List<Case> cases) {
    KeyUsage sign = new KeyUsage(KeyUsage.digitalSignature);
    tsa(
        cases,
        EXTENDED_KEY_USAGE_MISSING,
        "none",
        b -> b.addExtension(Extension.keyUsage, true, sign));
    tsa(
        cases,
        EXTENDED_KEY_USAGE_NOT_CRITICAL,
        "not critical",
        purpose(false, KeyPurposeId.id_kp_timeStamping));
    tsa(cases, EXTENDED_KEY_USAGE_WRONG, "another", purpose(true, KeyPurposeId.id_kp_codeSigning));
    tsa(
        cases,
        EXTENDED_KEY_USAGE_WRONG,
        "time stamping and another",
        purpose(true, KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_codeSigning));
    tsa(cases, EXTENDED_KEY_USAGE_WRONG, "any", purpose(true, KeyPurposeId.anyExtendedKeyUsage));
    tsa(
        cases,
        CERTIFICATE_MALFORMED,
        "extended key usage not of its structure",
        b -> b.addExtension(Extension.extendedKeyUsage, true, DERNull.INSTANCE));
    tsa(
        cases,
        SIGNER_KEY_USAGE,
        "key agreement",
        b -> {
          purpose(true, KeyPurposeId.id_kp_timeStamping).addTo(b);
          b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
        });
    tsa(
        cases,
        SIGNER_KEY_USAGE,
        "a CA",
        b -> {
          purpose(true, KeyPurposeId.id_kp_timeStamping).addTo(b);
          b.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        });
    tsa(
        cases,
        PATH_INVALID,
        "unknown critical extension",
        b -> {
          TestIdentity.stamping().addTo(b);
          b.addExtension(new ASN1ObjectIdentifier("1.2.3"), true, DERNull.INSTANCE);
        });
  }

  private static void paths(List<Case> cases) {
    TestIdentity stranger = TestIdentity.selfSigned(new Form("CN=Stranger", TestIdentity.ca(-1)));
    add(
        cases,
        ROOT_NOT_PINNED,
        "another root, in the token",
        new TestToken().signedBy(stranger.issue(new Form("CN=T", TestIdentity.stamping()))),
        stranger);
    TestIdentity namesake = TestIdentity.selfSigned(new Form("CN=Test Root", TestIdentity.ca(-1)));
    add(
        cases,
        CERTIFICATE_SIGNATURE_INVALID,
        "a root of the pinned one's name",
        new TestToken().signedBy(namesake.issue(new Form("CN=T", TestIdentity.stamping()))),
        namesake);
    Form form = new Form("CN=T", TestIdentity.stamping());
    tsa(
        cases,
        CERTIFICATE_EXPIRED,
        "the day before",
        form.valid(TestIdentity.FROM, Instant.parse("2026-05-31T00:00:00Z")));
    tsa(
        cases,
        CERTIFICATE_NOT_YET_VALID,
        "the day after",
        form.valid(Instant.parse("2026-06-02T00:00:00Z"), TestIdentity.UNTIL));
    tsa(
        cases,
        KEY_UNSUPPORTED,
        "RSA of 1024 bits",
        form.keys(TestIdentity.rsa(1024)),
        t -> t.algorithm = "SHA256withRSA");
    tsa(
        cases,
        SIGNATURE_ALGORITHM,
        "certificate signed with SHA-1",
        form.signedWith("SHA1withECDSA"));
    issuer(cases, ISSUER_NOT_ALLOWED, "no CA", b -> {});
    issuer(
        cases,
        ISSUER_NOT_ALLOWED,
        "may not sign certificates",
        b -> {
          b.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign));
        });
    issuer(
        cases,
        EXTENDED_KEY_USAGE_WRONG,
        "an issuer for other purposes",
        b -> {
          TestIdentity.ca(0).addTo(b);
          b.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        });
    TestIdentity third = TestToken.ISSUING.issue(new Form("CN=Third", TestIdentity.ca(0)));
    add(
        cases,
        ISSUER_NOT_ALLOWED,
        "path too long",
        new TestToken().signedBy(third.issue(form)),
        third);
    add(
        cases,
        CERTIFICATE_MALFORMED,
        "algorithms differ inside and outside",
        new TestToken().build().toByteArray(),
        bytes -> replaceNth(bytes, "06082a8648ce3d040302", "06082a8648ce3d040303", 3));
  }

  private static void signatures(List<Case> cases, byte[] good) {
    byte[] flipped = good.clone();
    flipped[flipped.length - 1] ^= 1;
    add(cases, SIGNATURE_INVALID, "last bit", flipped);
    add(
        cases,
        SIGNATURE_INVALID,
        "another key",
        t -> t.signer = new TestIdentity(t.signer.certificate(), TestToken.ROOT.key()));
    byte[] moved = good.clone();
    int time =
        indexOf(moved, "20260601120000.25Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    moved[time + 3] = '7';
    add(cases, SIGNATURE_INVALID, "another year", moved);
    add(
        cases,
        SIGNATURE_INVALID,
        "message digest of something else",
        t ->
            t.attributes =
                all -> {
                  all.add(
                      new Attribute(
                          CMSAttributes.messageDigest,
                          new DERSet(new DEROctetString(new byte[32]))));
                  return TestToken.essV2(t.signer, all);
                });
    add(cases, SIGNATURE_ALGORITHM, "SHA-1", t -> t.algorithm = "SHA1withECDSA");
    add(cases, SIGNATURE_ALGORITHM, "SHA-224", t -> t.algorithm = "SHA224withECDSA");
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "made with another digest than the signer names",
        t -> t.digestAlgorithm = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "ECDSA with parameters",
        t ->
            t.stated =
                used ->
                    new AlgorithmIdentifier(
                        X9ObjectIdentifiers.ecdsa_with_SHA256, new ASN1Integer(1)));
    rsaSignatures(cases);
  }

  /** The signer states RSA, and its digest's algorithm is what makes it one that is known. */
  private static void rsaSignatures(List<Case> cases) {
    add(cases, SIGNATURE_ALGORITHM, "RSA with parameters", t -> t.signedByRsa(new ASN1Integer(1)));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "RSA with SHA-1",
        t -> t.signedByRsa(DERNull.INSTANCE).algorithm = "SHA1withRSA");
    add(
        cases,
        SIGNATURE_INVALID,
        "RSA made with SHA-256 where the signer names SHA-512",
        t ->
            t.signedByRsa(DERNull.INSTANCE).digestAlgorithm =
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512));
    add(
        cases,
        KEY_UNSUPPORTED,
        "RSA where the key is on a curve",
        t -> t.stated = used -> new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption));
  }

  // -- entries ------------------------------------------------------------------------------

  @Test
  void verify_goodEntries_bothStamped() throws Exception {
    var results = TestToken.verifier().verify(stampedProof(Map.of()));
    assertThat(results).containsOnlyKeys(StampedMember.values());
    assertThat(results.values()).allMatch(Stamped.class::isInstance);
  }

  @Test
  void shows_eachMember_saysSomethingElse() {
    assertThat(StampedMember.values())
        .extracting(StampedMember::shows)
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }

  @Test
  void verify_noTimestamps_nothing() throws Exception {
    assertThat(TestToken.verifier().verify(proof())).isEmpty();
  }

  @Test
  void verify_timestampsNotAnObject_everyMemberMalformed() throws Exception {
    Proof broken = Proof.of(proof().json().with("timestamps", JsonNumber.of(1)));
    assertThat(TestToken.verifier().verify(broken).values())
        .hasSize(2)
        .allMatch(result -> ((Refused) result).reason() == ENTRY_MALFORMED);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "authority, 1",
    "authority, \"\"",
    "time, \"yesterday\"",
    "tokenB64, \"A\"",
    "tokenB64, \"\"",
    "digestAlg, \"sha1\"",
    "digestB64, \"AAAA\"",
    "digestB64, null"
  })
  void verify_entryMalformed_refused(String member, String value) throws Exception {
    JsonValue json = JsonValue.read(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(reason(Map.of(member, json))).isEqualTo(ENTRY_MALFORMED);
  }

  @Test
  void verify_entryAboutAnotherDigest_refused() throws Exception {
    JsonValue other = new dev.occ.json.JsonString(Bytes.sha256(new byte[] {9}).toBase64());
    assertThat(reason(Map.of("digestB64", other))).isEqualTo(ENTRY_DIGEST_MISMATCH);
  }

  @Test
  void verify_entryWithAnotherTime_refused() throws Exception {
    JsonValue other = new dev.occ.json.JsonString("2020-01-01T00:00:00Z");
    assertThat(reason(Map.of("time", other))).isEqualTo(ENTRY_TIME_MISMATCH);
  }

  /** A stamp on the proof covers the signature: another proof of the same artifact is refused. */
  @Test
  void verify_stampOfAnotherProof_onlyTheArtifactsHolds() throws Exception {
    Proof stamped = stampedProof(Map.of());
    Proof other = proof();
    Proof mixed =
        Proof.of(other.json().with("timestamps", stamped.json().get("timestamps").orElseThrow()));
    var results = TestToken.verifier().verify(mixed);
    assertThat(results.get(StampedMember.ARTIFACT)).isInstanceOf(Stamped.class);
    assertThat(results.get(StampedMember.PROOF)).isInstanceOf(Refused.class);
  }

  private static TimestampRejection reason(Map<String, JsonValue> changes) throws Exception {
    TimestampResult result =
        TestToken.verifier().verify(stampedProof(changes)).get(StampedMember.PROOF);
    return ((Refused) Objects.requireNonNull(result)).reason();
  }

  private static Proof proof() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      return epoch.commit(
          CommitRequest.builder(epoch.allocateSlot().id(), TestToken.DIGEST).build());
    }
  }

  private static Proof stampedProof(Map<String, JsonValue> changes) throws Exception {
    Proof proof = proof();
    JsonObject.Builder timestamps = JsonObject.builder();
    for (StampedMember member : StampedMember.values()) {
      TestToken token = new TestToken();
      token.imprint = member.digest(proof).toByteArray();
      JsonObject entry =
          new TimestampEntry("test", TestToken.TIME, token.build(), member.digest(proof)).toJson();
      for (Map.Entry<String, JsonValue> change : changes.entrySet()) {
        entry = entry.with(change.getKey(), change.getValue());
      }
      timestamps.put(member.code(), entry);
    }
    return Proof.of(proof.json().with("timestamps", timestamps.build()));
  }

  // -- making cases -------------------------------------------------------------------------

  private static Extensions purpose(boolean critical, KeyPurposeId... purposes) {
    return b ->
        b.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
  }

  private static void tsa(
      List<Case> cases, TimestampRejection reason, String name, Extensions extensions) {
    tsa(cases, reason, name, new Form("CN=T", extensions));
  }

  private static void tsa(List<Case> cases, TimestampRejection reason, String name, Form form) {
    tsa(cases, reason, name, form, t -> {});
  }

  private static void tsa(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      Form form,
      Consumer<TestToken> change) {
    TestToken token = new TestToken().signedBy(TestToken.ISSUING.issue(form));
    change.accept(token);
    cases.add(new Case(reason, name, token.build()));
  }

  private static void issuer(
      List<Case> cases, TimestampRejection reason, String name, Extensions extensions) {
    TestIdentity issuer = TestToken.ROOT.issue(new Form("CN=I", extensions));
    add(
        cases,
        reason,
        name,
        new TestToken().signedBy(issuer.issue(new Form("CN=T", TestIdentity.stamping()))),
        issuer);
  }

  private static void add(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      TestToken token,
      TestIdentity brought) {
    token.certificates.add(brought.certificate());
    cases.add(new Case(reason, name, token.build()));
  }

  private static void add(
      List<Case> cases, TimestampRejection reason, String name, Consumer<TestToken> change) {
    TestToken token = new TestToken();
    change.accept(token);
    cases.add(new Case(reason, name, token.build()));
  }

  private static void add(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      byte[] token,
      java.util.function.UnaryOperator<byte[]> change) {
    add(cases, reason, name, change.apply(token));
  }

  private static void add(List<Case> cases, TimestampRejection reason, String name, byte[] token) {
    cases.add(new Case(reason, name, Bytes.of(token)));
  }

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits);
  }

  private static byte[] encoded(org.bouncycastle.asn1.ASN1Object value) {
    try {
      return value.getEncoded();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Replaces the n-th occurrence. */
  private static byte[] replaceNth(byte[] bytes, String from, String to, int n) {
    byte[] changed = bytes.clone();
    byte[] what = hex(from);
    int at = -1;
    for (int i = 0; i < n; i++) {
      at = indexOf(changed, what, at + 1);
    }
    System.arraycopy(hex(to), 0, changed, at, what.length);
    return changed;
  }

  private static int indexOf(byte[] bytes, byte[] what) {
    return indexOf(bytes, what, 0);
  }

  private static int indexOf(byte[] bytes, byte[] what, int from) {
    for (int i = from; i + what.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not found");
  }
}
