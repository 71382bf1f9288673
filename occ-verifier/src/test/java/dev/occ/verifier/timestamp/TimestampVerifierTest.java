package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import dev.occ.verifier.timestamp.TimestampResult.Rejected;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampVerifierTest {
  /** After the time of every token here. */
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private static Stamped stamped(TimestampVerifier verifier, TestToken token) {
    TimestampResult result = verifier.verify(token.build(), TestToken.DIGEST);
    assertThat(result).as("%s", result).isInstanceOf(Stamped.class);
    return (Stamped) result;
  }

  @Test
  void verify_genuine_saysAuthorityTimeAndTheRest() {
    Stamped stamped = stamped(TestToken.verifier(), new TestToken());

    assertThat(stamped.time()).isEqualTo(TestToken.TIME);
    assertThat(stamped.authority()).isEqualTo("Test Authority");
    assertThat(stamped.accuracy()).contains(Duration.ofNanos(1_002_003_000));
    assertThat(stamped.policy()).isEqualTo("1.2.3.4");
    assertThat(stamped.serialNumber()).isEqualTo(BigInteger.valueOf(77));
    assertThat(stamped.nonce()).contains(BigInteger.TEN);
    assertThat(stamped.digest()).isEqualTo(TestToken.DIGEST);
    assertThat(stamped.chain())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=Test Root", "CN=Test Issuing CA", "CN=Test Authority,O=Test");
    assertThat(stamped).hasToString("Stamped[2026-06-01T12:00:00.250Z by Test Authority]");
  }

  @Test
  void verify_rootPinnedByHash_takesItFromTheToken() {
    TimestampVerifier verifier =
        TimestampVerifier.builder().rootSha256(TestToken.ROOT.fingerprint()).build();
    assertThat(stamped(verifier, new TestToken()).chain()).hasSize(3);

    TestToken without = new TestToken();
    without.certificates.remove(0);
    assertThat(verifier.verify(without.build(), TestToken.DIGEST))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.ROOT_NOT_PINNED));
  }

  @Test
  void verify_rootPinnedAsACertificate_neednotBeInTheToken() {
    TestToken token = new TestToken();
    token.certificates.remove(0);
    assertThat(stamped(TestToken.verifier(), token).chain()).hasSize(3);
  }

  @Test
  void verify_intermediatePinned_endsThere() {
    TimestampVerifier verifier = TimestampVerifier.builder().root(TestToken.ISSUING.der()).build();
    assertThat(stamped(verifier, new TestToken()).chain()).hasSize(2);
  }

  @Test
  void verify_rootPinnedAsAJdkCertificate_stamped() throws TimestampException {
    X509Certificate root = TokenCertificate.read(TestToken.ROOT.der().toByteArray()).x509();
    TimestampVerifier verifier = TimestampVerifier.builder().root(root).build();
    assertThat(stamped(verifier, new TestToken()).chain()).startsWith(root);
  }

  /** Two certificates of one CA: that one is pinned counts, not which of them comes first. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_pinnedIssuerAndItsTwin_takesTheShorterWay(boolean pinnedFirst) {
    Form form = new Form("CN=Two Ways", TestIdentity.ca(0)).keys(TestIdentity.ec("secp256r1"));
    TestIdentity first = TestToken.ROOT.issue(form);
    TestIdentity second = TestToken.ROOT.issue(form);
    TestIdentity pinned = pinnedFirst ? first : second;
    TestToken token =
        new TestToken().signedBy(pinned.issue(new Form("CN=T", TestIdentity.stamping())));
    token.certificates.addAll(List.of(first.certificate(), second.certificate()));
    TimestampVerifier verifier =
        TimestampVerifier.builder()
            .root(TestToken.ROOT.der())
            .rootSha256(pinned.fingerprint())
            .build();

    assertThat(stamped(verifier, token).chain())
        .hasSize(2)
        .first()
        .extracting(X509Certificate::getSerialNumber)
        .isEqualTo(pinned.certificate().getSerialNumber());
  }

  /**
   * A CA that keeps its key has two certificates; that one which held at the token's time counts.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_rootRenewedWithItsKey_takesTheOneOfTheTime(boolean newFirst) {
    Form form = new Form("CN=Renewed", TestIdentity.ca(0)).keys(TestIdentity.ec("secp256r1"));
    TestIdentity old = TestIdentity.selfSigned(form);
    TestIdentity renewed = TestIdentity.selfSigned(form.valid(LATER, TestIdentity.UNTIL));
    TestToken token =
        new TestToken().signedBy(old.issue(new Form("CN=T", TestIdentity.stamping())));
    TimestampVerifier verifier =
        TimestampVerifier.builder()
            .root(newFirst ? renewed.der() : old.der())
            .root(newFirst ? old.der() : renewed.der())
            .build();
    assertThat(stamped(verifier, token).chain())
        .first()
        .extracting(X509Certificate::getSerialNumber)
        .isEqualTo(old.certificate().getSerialNumber());

    TimestampVerifier without = TimestampVerifier.builder().root(renewed.der()).build();
    assertThat(without.verify(token.build(), TestToken.DIGEST))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(TimestampRejection.CERTIFICATE_NOT_YET_VALID));
  }

  /** The same for CAs that a token brings, one of which may not issue at all. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_issuersOfOneKey_takesTheOneThatMayIssue(boolean goodFirst) {
    Form form = new Form("CN=Issuer", TestIdentity.ca(0)).keys(TestIdentity.ec("secp256r1"));
    TestIdentity good = TestToken.ROOT.issue(form);
    TestIdentity late = TestToken.ROOT.issue(form.valid(LATER, TestIdentity.UNTIL));
    TestIdentity noCa =
        TestToken.ROOT.issue(new Form("CN=Issuer", TestIdentity.stamping()).keys(form.keys()));
    TestToken token =
        new TestToken().signedBy(good.issue(new Form("CN=T", TestIdentity.stamping())));
    List<TestIdentity> issuers = goodFirst ? List.of(good, late, noCa) : List.of(noCa, late, good);
    issuers.forEach(issuer -> token.certificates.add(issuer.certificate()));
    assertThat(stamped(TestToken.verifier(), token).chain().get(1).getSerialNumber())
        .isEqualTo(good.certificate().getSerialNumber());
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA256withECDSA",
    "secp384r1, SHA384withECDSA",
    "secp521r1, SHA512withECDSA",
    "2048, SHA256withRSA",
    "2048, SHA384withRSA",
    "3072, SHA512withRSA"
  })
  void verify_acceptedAlgorithms_stamped(String key, String algorithm) {
    var keys =
        key.startsWith("secp") ? TestIdentity.ec(key) : TestIdentity.rsa(Integer.parseInt(key));
    TestIdentity tsa =
        TestToken.ISSUING.issue(new Form("CN=T", TestIdentity.stamping()).keys(keys));
    TestToken token = new TestToken().signedBy(tsa);
    token.algorithm = algorithm;
    assertThat(stamped(TestToken.verifier(), token).authority()).isEqualTo("T");
  }

  /** RFC 3370 section 3.2: it may name the key's algorithm, and the digest's is beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "SHA384withRSA", "SHA512withRSA"})
  void verify_signerStatesRsaAlone_stamped(String algorithm) {
    for (ASN1Encodable parameters : new ASN1Encodable[] {DERNull.INSTANCE, null}) {
      TestToken token = new TestToken().signedByRsa(parameters);
      token.algorithm = algorithm;
      assertThat(stamped(TestToken.verifier(), token).authority()).isEqualTo("T");
    }
  }

  @Test
  void verify_bothEssVersions_stamped() {
    TestToken token = new TestToken();
    token.attributes = all -> TestToken.essV1(TestToken.TSA, TestToken.essV2(TestToken.TSA, all));
    assertThat(stamped(TestToken.verifier(), token)).isNotNull();
  }

  @Test
  void verify_onlyEssVersionOne_stampedAsRealTokensHaveIt() {
    TestToken token = new TestToken();
    token.attributes = all -> TestToken.essV1(TestToken.TSA, all);
    assertThat(stamped(TestToken.verifier(), token)).isNotNull();
  }

  @Test
  void verify_essWithTheRightIssuerAndSerial_stamped() {
    IssuerSerial named =
        TestToken.named(
            TestToken.TSA.certificate().getSerialNumber(),
            new GeneralName(TestToken.ISSUING.certificate().getSubject()));
    TestToken first = new TestToken();
    first.attributes = all -> TestToken.essV1(TestToken.TSA, named, all);
    assertThat(stamped(TestToken.verifier(), first)).isNotNull();
    TestToken second = new TestToken();
    second.attributes = all -> TestToken.essV2(TestToken.TSA, named, all);
    assertThat(stamped(TestToken.verifier(), second)).isNotNull();
  }

  @Test
  void verify_tsaIsAnAlternativeName_stamped() {
    GeneralName name = new GeneralName(GeneralName.dNSName, "tsa.example");
    Form form =
        new Form(
            "O=Test",
            builder -> {
              TestIdentity.stamping().addTo(builder);
              builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
            });
    TestToken token = new TestToken().signedBy(TestToken.ISSUING.issue(form));
    token.tsa = name;
    assertThat(stamped(TestToken.verifier(), token).authority()).isEqualTo("O=Test");
  }

  @Test
  void verify_extensionThatIsNotCritical_stamped() {
    TestToken token = new TestToken();
    token.extensions =
        new Extensions(new Extension(new ASN1ObjectIdentifier("1.2.3"), false, new byte[] {5, 0}));
    assertThat(stamped(TestToken.verifier(), token)).isNotNull();
  }

  @Test
  void verify_accuracyOfNoWholeSeconds_isThatOfTheRest() {
    TestToken token = new TestToken();
    token.accuracy = new Accuracy(new ASN1Integer(0), new ASN1Integer(500), null);
    assertThat(stamped(TestToken.verifier(), token).accuracy()).contains(Duration.ofMillis(500));
  }

  /** Certificates that all name each other would cost a naive search millions of signatures. */
  @Test
  void verify_certificatesIssuingEachOther_endsSoonWithoutARoot() {
    var keys = TestIdentity.ec("secp256r1");
    Form loop = new Form("CN=Loop", TestIdentity.ca(-1)).keys(keys);
    TestIdentity first = TestIdentity.selfSigned(loop);
    TestIdentity tsa = first.issue(new Form("CN=T", TestIdentity.stamping()));
    TestToken token = new TestToken().signedBy(tsa);
    token.certificates = new java.util.ArrayList<>(List.of(tsa.certificate()));
    for (int i = 0; i < TimestampVerifier.MAX_CERTIFICATES - 1; i++) {
      token.certificates.add(first.issue(loop).certificate());
    }
    assertThat(TestToken.verifier().verify(token.build(), TestToken.DIGEST))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.ROOT_NOT_PINNED));
  }

  /** Each key out of the token costs the test of its modulus, so only some are tried. */
  @ParameterizedTest
  @CsvSource({"7, true", "8, false"})
  void verify_othersOfTheIssuersNameBeforeIt_eightKeysAreTried(int others, boolean accepted) {
    Form ca = new Form("CN=Between", TestIdentity.ca(-1));
    TestIdentity between = TestToken.ROOT.issue(ca);
    TestIdentity tsa = between.issue(new Form("CN=T", TestIdentity.stamping()));
    TestToken token = new TestToken().signedBy(tsa);
    token.certificates = new java.util.ArrayList<>(List.of(tsa.certificate()));
    for (int i = 0; i < others; i++) {
      token.certificates.add(
          TestIdentity.selfSigned(ca.keys(TestIdentity.ec("secp256r1"))).certificate());
    }
    token.certificates.add(between.certificate());
    TimestampResult result = TestToken.verifier().verify(token.build(), TestToken.DIGEST);
    if (accepted) {
      assertThat(result).isInstanceOf(Stamped.class);
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              Rejected.class,
              refused ->
                  assertThat(refused.reason())
                      .isEqualTo(TimestampRejection.CERTIFICATE_SIGNATURE_INVALID));
    }
  }

  @Test
  void orElseThrow_eachResult_stampOrExceptionWithTheReason() throws TimestampException {
    TimestampVerifier verifier = TestToken.verifier();
    Bytes token = new TestToken().build();
    assertThat(verifier.verify(token, TestToken.DIGEST).orElseThrow().time())
        .isEqualTo(TestToken.TIME);
    TimestampResult other = verifier.verify(token, Bytes.sha256(new byte[0]));
    assertThatThrownBy(other::orElseThrow)
        .isInstanceOfSatisfying(
            TimestampException.class,
            e -> assertThat(e.reason()).isEqualTo(TimestampRejection.IMPRINT_MISMATCH));
  }

  @Test
  void builder_withoutOrWithBadRoots_refused() {
    assertThatThrownBy(() -> TimestampVerifier.builder().build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TimestampVerifier.builder().root(TestToken.TSA.der()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CA");
    assertThatThrownBy(() -> TimestampVerifier.builder().root(Bytes.of(new byte[] {1, 2})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TimestampVerifier.builder().rootSha256(Bytes.of(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
