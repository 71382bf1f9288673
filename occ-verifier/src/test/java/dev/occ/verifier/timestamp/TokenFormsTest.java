package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import dev.occ.verifier.timestamp.TimestampResult.Rejected;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.util.ArrayList;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Genuine tokens in the forms that RFC 5652 and RFC 3161 allow, and what comes close to them. */
class TokenFormsTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private static TimestampResult verify(Bytes token) {
    return TestToken.verifier().verify(token, TestToken.DIGEST);
  }

  private static void assertRejected(
      TimestampResult result, TimestampRejection reason, String... words) {
    assertThat(result).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) result;
    assertThat(rejected.reason()).as("%s", rejected).isEqualTo(reason);
    assertThat(Arrays.asList(words)).allMatch(rejected.text()::contains);
  }

  // -- SignedData and CertificateSet ---------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "2, 4", "3, 5"})
  void verify_otherChoiceInTheCertificateSet_passedOver(int tag, int version) {
    Bytes token = CmsForms.rebuild(new TestToken().build(), version, CmsForms.choice(tag));
    assertThat(verify(token)).isInstanceOf(Stamped.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5})
  void verify_versionsOfSignedData_stamped(int version) {
    Bytes token = CmsForms.rebuild(new TestToken().build(), version, new ASN1EncodableVector());
    assertThat(verify(token)).isInstanceOf(Stamped.class);
  }

  @Test
  void verify_choiceThatThereIsNone_rejected() {
    Bytes token = CmsForms.rebuild(new TestToken().build(), 5, CmsForms.choice(4));
    assertRejected(verify(token), TimestampRejection.CERTIFICATE_MALFORMED);
  }

  @Test
  void verify_otherChoices_countAsCertificates() {
    ASN1EncodableVector many = new ASN1EncodableVector();
    for (int i = 0; i < TimestampVerifier.MAX_CERTIFICATES - 2; i++) {
      many.add(CmsForms.choice(2).get(0));
    }
    Bytes token = CmsForms.rebuild(new TestToken().build(), 4, many);
    assertRejected(verify(token), TimestampRejection.TOO_MANY_CERTIFICATES);
  }

  @Test
  void verify_unsignedAttribute_changesNothing() {
    TestToken token = new TestToken();
    token.unsigned = new AttributeTable(TestToken.essV2(TestToken.ROOT, new ASN1EncodableVector()));
    assertThat(verify(token.build())).isInstanceOf(Stamped.class);
  }

  /** What nobody signed stands for nothing that has to be signed. */
  @Test
  void verify_essAttributeUnsigned_isMissing() {
    TestToken token = new TestToken();
    token.attributes = all -> all;
    token.unsigned = new AttributeTable(TestToken.essV2(TestToken.TSA, new ASN1EncodableVector()));
    assertRejected(verify(token.build()), TimestampRejection.ESS_CERTIFICATE_ID_MISSING);
  }

  @Test
  void verify_berOutsideTheTstInfo_stamped() {
    TestToken token = new TestToken();
    token.encoding = "BER";
    Bytes ber = token.build();
    assertThat(CmsForms.isBer(ber)).isTrue();
    assertThat(verify(ber)).isInstanceOf(Stamped.class);
  }

  @Test
  void verify_berWithBytesBehind_rejected() {
    TestToken token = new TestToken();
    token.encoding = "BER";
    byte[] ber = token.build().toByteArray();
    byte[] longer = Arrays.copyOf(ber, ber.length + 2);
    assertRejected(verify(Bytes.of(longer)), TimestampRejection.DER_TRAILING_BYTES);
  }

  // -- certificates that the caller gives ----------------------------------------------------

  private static TestToken withoutCertificates() {
    TestToken token = new TestToken();
    token.certificates = new ArrayList<>();
    return token;
  }

  private static TimestampVerifier.Builder roots() {
    return TimestampVerifier.builder().root(TestToken.ROOT.der());
  }

  @Test
  void verify_noCertificateInTheToken_saysThatOneIsNeeded() {
    assertRejected(
        verify(withoutCertificates().build()),
        TimestampRejection.SIGNER_CERTIFICATE_MISSING,
        "the authority's certificate is needed");
  }

  @Test
  void verify_certificatesGiven_stamped() throws TimestampException {
    TimestampVerifier verifier =
        roots()
            .certificate(TestToken.ISSUING.der())
            .certificate(TokenCertificate.read(TestToken.TSA.der().toByteArray()).x509())
            .build();
    TimestampResult result = verifier.verify(withoutCertificates().build(), TestToken.DIGEST);
    assertThat(result.orElseThrow().chain()).hasSize(3);
  }

  @Test
  void verify_certificateGiven_isNotTrusted() {
    TestIdentity stranger = TestIdentity.selfSigned(new Form("CN=Stranger", TestIdentity.ca(-1)));
    TestIdentity tsa = stranger.issue(new Form("CN=T", TestIdentity.stamping()));
    TestToken token = withoutCertificates().signedBy(tsa);
    token.certificates = new ArrayList<>();
    TimestampVerifier verifier = roots().certificate(tsa.der()).certificate(stranger.der()).build();
    assertRejected(
        verifier.verify(token.build(), TestToken.DIGEST), TimestampRejection.ROOT_NOT_PINNED);
  }

  @Test
  void verify_anotherAuthoritysCertificateGiven_isStillNeeded() {
    TimestampVerifier verifier = roots().certificate(TestToken.RSA_TSA.der()).build();
    assertRejected(
        verifier.verify(withoutCertificates().build(), TestToken.DIGEST),
        TimestampRejection.SIGNER_CERTIFICATE_MISSING);
  }

  /**
   * Of the same issuer, number and key: only the hash in the signed attributes tells them apart.
   */
  @Test
  void verify_twinOfTheCertificateGiven_rejectedUnlessTheRightOneIsThereToo() {
    TestIdentity twin = TestToken.ISSUING.twin(TestToken.TSA);
    Bytes token = withoutCertificates().build();
    TimestampVerifier.Builder builder =
        roots().certificate(TestToken.ISSUING.der()).certificate(twin.der());
    assertRejected(
        builder.build().verify(token, TestToken.DIGEST),
        TimestampRejection.ESS_CERTIFICATE_ID_MISMATCH);
    builder.certificate(TestToken.TSA.der());
    assertThat(builder.build().verify(token, TestToken.DIGEST)).isInstanceOf(Stamped.class);
  }

  @Test
  void builder_badOrTooManyCertificates_refused() {
    TimestampVerifier.Builder builder = roots();
    assertThatThrownBy(() -> builder.certificate(Bytes.of(new byte[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
    for (int i = 0; i < TimestampVerifier.MAX_CERTIFICATES; i++) {
      builder.certificate(TestToken.TSA.der());
    }
    assertThatThrownBy(() -> builder.certificate(TestToken.TSA.der()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // -- imprints ------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"SHA_256", "SHA_384", "SHA_512"})
  void verify_imprintOfEachHash_stamped(HashAlgorithm hash) throws TimestampException {
    TestToken token = new TestToken();
    token.imprintAlgorithm = new AlgorithmIdentifier(hash.oid());
    token.imprint = hash.digest(CONTENT);
    Bytes built = token.build();
    Stamped stamped =
        TestToken.verifier().verify(built, Bytes.of(hash.digest(CONTENT))).orElseThrow();
    assertThat(stamped.digestAlgorithm()).isEqualTo(hash.label());
    assertThat(stamped.digest().size()).isEqualTo(hash.length());
    assertThat(TestToken.verifier().verifyContent(built, CONTENT)).isInstanceOf(Stamped.class);
    assertRejected(
        TestToken.verifier().verifyContent(built, new byte[1]),
        TimestampRejection.IMPRINT_MISMATCH);
    assertRejected(
        TestToken.verifier().verify(built, Bytes.of(new byte[20])),
        TimestampRejection.IMPRINT_ALGORITHM,
        hash.label());
  }

  @Test
  void verify_contentThatIsNoToken_rejected() {
    assertRejected(
        TestToken.verifier().verifyContent(Bytes.of(new byte[] {5, 0}), CONTENT),
        TimestampRejection.CMS_MALFORMED);
  }

  @Test
  void verify_imprintOfSha1_rejectedByItsName() {
    TestToken token = new TestToken();
    token.imprintAlgorithm = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);
    token.imprint = new byte[20];
    assertRejected(verify(token.build()), TimestampRejection.IMPRINT_ALGORITHM, "SHA-1");
  }

  // -- signatures ----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"SHA-256, 32", "SHA-256, 20", "SHA-256, 222", "SHA-384, 48", "SHA-512, 64"})
  void verify_rsaPss_stamped(String hash, int salt) {
    assertThat(verify(new TestToken().signedByPss(hash, salt).build())).isInstanceOf(Stamped.class);
  }

  @Test
  void verify_rsaPssFlipped_rejected() {
    byte[] token = new TestToken().signedByPss("SHA-256", 32).build().toByteArray();
    token[token.length - 1] ^= 1;
    assertRejected(verify(Bytes.of(token)), TimestampRejection.SIGNATURE_INVALID);
  }

  @Test
  void verify_rsaPssWithOddParameters_rejectedByTheirName() {
    TestToken masked = new TestToken().signedByPss("SHA-256", 32);
    masked.stated =
        used ->
            CmsForms.pss(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, 32, 1);
    assertRejected(
        verify(new TestToken().signedByPss("SHA-256", 0).build()),
        TimestampRejection.SIGNATURE_ALGORITHM,
        "RSA-PSS",
        "salt of 0 bytes");
    assertRejected(
        verify(masked.build()),
        TimestampRejection.SIGNATURE_ALGORITHM,
        "RSA-PSS is made with SHA-256 and an MGF1 of SHA-384");
  }

  @Test
  void verify_sha1WithRsa_rejectedByItsName() {
    TestToken token = new TestToken().signedBy(TestToken.RSA_TSA);
    token.algorithm = "SHA1withRSA";
    assertRejected(verify(token.build()), TimestampRejection.SIGNATURE_ALGORITHM, "SHA-1 with RSA");
  }

  @Test
  void verify_digestOtherThanTheSignatures_bothNamed() {
    TestToken token = new TestToken();
    token.digestAlgorithm = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384);
    assertRejected(
        verify(token.build()), TimestampRejection.SIGNATURE_ALGORITHM, "SHA-256", "SHA-384");
  }

  @Test
  void of_unknownAlgorithm_itsIdentifierInBrackets() {
    assertThat(AlgorithmNames.of(PKCSObjectIdentifiers.sha1WithRSAEncryption))
        .isEqualTo("SHA-1 with RSA");
    assertThat(AlgorithmNames.of(new ASN1ObjectIdentifier("1.2.3")))
        .isEqualTo("an unknown algorithm (1.2.3)");
  }
}
