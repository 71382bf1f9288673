package dev.occ.verifier;

import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Outcomes.outcome;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole path of verification, attestation included, with an authority of our own. */
class SoftAttestedProofsTest {
  private static final String FORMAT = SoftAttestationAuthority.FORMAT;
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String ZEROS = "0".repeat(96);
  private static final Bytes PCR = Bytes.of(Forge.bytesOfHex("cd".repeat(48)));
  private static final VerificationPolicy CHECKING = VerificationPolicy.builder().build();

  private final SoftAttestationAuthority authority =
      SoftAttestationAuthority.create(Clock.fixed(NOW, ZoneOffset.UTC));
  private Forge forge;

  @BeforeEach
  void open() {
    forge = Forge.attestedBy(authority);
  }

  @AfterEach
  void close() {
    forge.close();
  }

  @Test
  void verify_rootNotPinned_attestationNotChecked() {
    byte[] proof = forge.proof().toBytes();
    ValidProof verified = verified(ProofVerifier.create(CHECKING).verifyProofOnly(proof));

    assertThat(outcome(verified, Check.Step.ATTESTATION)).isEqualTo(Check.Outcome.NOT_CHECKED);
    assertThat(verified.attested()).isEmpty();
  }

  static Stream<VerificationPolicy> policiesThatNeedTheAttestation() {
    return Stream.of(
        VerificationPolicy.builder().requireAttestation().build(),
        VerificationPolicy.builder().requireAttestationFormat(FORMAT).build(),
        VerificationPolicy.builder().requirePcr(8, PCR).build(),
        VerificationPolicy.builder().maxAttestationAge(Duration.ofDays(1)).build());
  }

  @ParameterizedTest
  @MethodSource("policiesThatNeedTheAttestation")
  void verify_rootNotPinnedButAttestationNeeded_rejected(VerificationPolicy policy) {
    rejected(
        ProofVerifier.create(policy).verifyProofOnly(forge.proof().toBytes()),
        Rejection.POLICY_ATTESTATION_NOT_CHECKED);
  }

  @ParameterizedTest
  @MethodSource("policiesThatNeedTheAttestation")
  void verify_attestationSkippedButNeeded_rejected(VerificationPolicy policy) {
    VerificationPolicy skipping = policy.toBuilder().skipAttestation().build();

    rejected(verify(forge.proof(), skipping), Rejection.POLICY_ATTESTATION_NOT_CHECKED);
  }

  @ParameterizedTest
  @MethodSource("policiesThatNeedTheAttestation")
  void verify_noAttestationButNeeded_rejected(VerificationPolicy policy) {
    try (Forge plain = Forge.open()) {
      rejected(verify(plain.proof(), policy), Rejection.POLICY_ATTESTATION_MISSING);
    }
  }

  @Test
  void verify_rootPinned_factsOfTheDocument() {
    VerificationPolicy policy =
        VerificationPolicy.builder()
            .requireAttestation()
            .requireAttestationFormat(FORMAT)
            .allowedMeasurements(List.of(forge.measurement()))
            .build();
    ValidProof verified = verified(verify(forge.proof(), policy));
    AttestedFacts facts = verified.attested().orElseThrow();

    assertThat(outcome(verified, Check.Step.ATTESTATION)).isEqualTo(Check.Outcome.PASSED);
    assertThat(verified.historicalForms()).isEmpty();
    assertThat(facts.format()).isEqualTo(FORMAT);
    assertThat(facts.isAwsRoot()).isFalse();
    assertThat(facts.isDebug()).isFalse();
    assertThat(facts.time()).isEqualTo(NOW);
    assertThat(facts.pcrs().get(0)).hasToString(base64(forge.measurement()));
    assertThat(facts.pcrs()).containsKeys(1, 2, 3, 4, 8);
    assertThat(facts.moduleId()).startsWith(facts.instanceId().orElseThrow() + "-enc");
    assertThat(facts.chain()).hasSize(5);
    assertThat(facts.chain().get(0).getSubjectX500Principal().getName())
        .contains("CN=soft.nitro-enclaves");
  }

  @Test
  void verify_underMeasuredTee_refusedForItsTier() {
    VerificationPolicy policy = VerificationPolicy.measuredTee(forge.measurement());

    rejected(verify(forge.proof(), policy), Rejection.POLICY_ENFORCEMENT);
  }

  /** A soft signer that lies about its tier still cannot show an attestation of AWS's. */
  @Test
  void verify_softSignerThatClaimsToBeATee_refusedWithoutItsRoot() {
    JsonObject lying = set(forge.proof(), "measured-tee", "environment", "enforcement");
    JsonObject soft = forge.reattest(lying, authority, d -> d);
    JsonObject aws =
        forge.reattest(
            set(lying, "aws-nitro", "environment", "attestation", "format"), authority, d -> d);
    VerificationPolicy policy = VerificationPolicy.measuredTee(forge.measurement());

    rejected(
        ProofVerifier.create(policy).verifyProofOnly(soft.toBytes()),
        Rejection.POLICY_ATTESTATION_NOT_CHECKED);
    assertThat(rejected(verify(aws, policy), Rejection.ATTESTATION_INVALID).detail())
        .contains("root-not-pinned");
  }

  @Test
  void verify_anotherAuthoritysRoot_refused() {
    SoftAttestationAuthority other =
        SoftAttestationAuthority.create(Clock.fixed(NOW, ZoneOffset.UTC));
    byte[] proof = forge.proof().toBytes();
    ProofVerifier stranger = ProofVerifier.builder(CHECKING).trustRoot(FORMAT, root(other)).build();
    ProofVerifier both =
        ProofVerifier.builder(CHECKING)
            .trustRoot(FORMAT, root(other))
            .trustRoot(FORMAT, root(authority))
            .build();

    assertThat(rejected(stranger.verifyProofOnly(proof), Rejection.ATTESTATION_INVALID).detail())
        .contains("root-not-pinned");
    assertThat(verified(both.verifyProofOnly(proof)).attested()).isPresent();
  }

  @Test
  void verify_attestationOfAnotherProof_refused() {
    JsonObject first = forge.proof();
    JsonObject second =
        set(
            forge.proof(),
            Forge.get(first, "environment", "attestation", "reportB64"),
            "environment",
            "attestation",
            "reportB64");

    // The report is not in the signed body: only its user data tells whose it is.
    rejected(verify(second, CHECKING), Rejection.ATTESTATION_USER_DATA_MISMATCH);
    assertThat(verified(verify(second, VerificationPolicy.integrityOnly())).attested()).isEmpty();
  }

  @Test
  void verify_userDataAbsent_refused() {
    JsonObject proof = forge.reattest(forge.proof(), authority, d -> d.without("user_data"));

    rejected(verify(proof, CHECKING), Rejection.ATTESTATION_USER_DATA_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({"31", "33", "0"})
  void verify_userDataOfAnotherLength_refused(int length) {
    byte[] hash = Forge.read(forge.proof()).proofHash().toByteArray();
    JsonObject proof =
        forge.reattest(forge.proof(), authority, d -> d.userData(Arrays.copyOf(hash, length)));

    rejected(verify(proof, CHECKING), Rejection.ATTESTATION_USER_DATA_MISMATCH);
  }

  @Test
  void verify_historicalUserData_onlyInHistoricalMode() {
    JsonObject proof = forge.proof();
    byte[] historical = Forge.read(proof).historicalUserData().toByteArray();
    JsonObject old = forge.reattest(proof, authority, d -> d.userData(historical));

    rejected(verify(old, CHECKING), Rejection.ATTESTATION_USER_DATA_HISTORICAL);
    ValidProof verified = verified(verify(old, CHECKING.toBuilder().historical().build()));
    assertThat(verified.historicalForms()).containsExactly(HistoricalForm.USER_DATA_WITHOUT_FORMAT);
    assertThat(verified.attested()).isPresent();
  }

  @Test
  void verify_foreignUserDataInHistoricalMode_refused() {
    JsonObject proof = forge.reattest(forge.proof(), authority, d -> d.userData(new byte[32]));

    rejected(
        verify(proof, CHECKING.toBuilder().historical().build()),
        Rejection.ATTESTATION_USER_DATA_MISMATCH);
  }

  @Test
  void verify_pcr0IsAnother_measurementMismatch() {
    JsonObject other = forge.reattest(forge.proof(), authority, d -> d.pcr(0, PCR.toByteArray()));
    JsonObject shorter =
        forge.reattest(
            forge.proof(),
            authority,
            d -> d.pcr(0, Arrays.copyOf(Forge.bytesOfHex(forge.measurement()), 32)));

    rejected(verify(other, CHECKING), Rejection.ATTESTATION_MEASUREMENT_MISMATCH);
    rejected(verify(shorter, CHECKING), Rejection.ATTESTATION_MEASUREMENT_MISMATCH);
  }

  @Test
  void verify_measurementInUpperCase_mismatch() {
    JsonObject proof =
        set(
            forge.proof(),
            forge.measurement().toUpperCase(Locale.ROOT),
            "environment",
            "measurement");

    rejected(
        verify(forge.reattest(proof, authority, d -> d), CHECKING),
        Rejection.ATTESTATION_MEASUREMENT_MISMATCH);
  }

  @Test
  void verify_debugEnclave_onlyWhenAllowedByName() {
    JsonObject proof = set(forge.proof(), ZEROS, "environment", "measurement");
    JsonObject debug =
        forge.reattest(
            proof,
            authority,
            d -> d.pcr(0, new byte[48]).pcr(1, new byte[48]).pcr(2, new byte[48]));

    assertThat(rejected(verify(debug, CHECKING), Rejection.ATTESTATION_INVALID).detail())
        .contains("debug-enclave");
    ValidProof verified = verified(verify(debug, CHECKING.toBuilder().allowDebugEnclave().build()));
    assertThat(verified.attested().orElseThrow().isDebug()).isTrue();
  }

  @Test
  void verify_requiredPcrs_allMustBeEqual() {
    JsonObject proof =
        forge.reattest(
            forge.proof(), authority, d -> d.pcr(8, PCR.toByteArray()).pcr(31, new byte[32]));
    VerificationPolicy both =
        VerificationPolicy.builder()
            .requirePcr(8, PCR)
            .requirePcr(31, Bytes.of(new byte[32]))
            .build();

    assertThat(verified(verify(proof, both)).attested()).isPresent();
    rejected(
        verify(proof, both.toBuilder().requirePcr(8, Bytes.of(new byte[48])).build()),
        Rejection.POLICY_PCR);
    // Of another length, and absent: no register is taken for zero.
    rejected(
        verify(proof, both.toBuilder().requirePcr(31, Bytes.of(new byte[48])).build()),
        Rejection.POLICY_PCR);
    rejected(
        verify(proof, both.toBuilder().requirePcr(30, Bytes.of(new byte[48])).build()),
        Rejection.POLICY_PCR);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "299999, true",
    "300000, true",
    "300001, false",
    "-60000, true",
    "-60001, false"
  })
  void verify_maxAge_boundsIncludedAndAMinuteOfSkew(long ageMillis, boolean fresh) {
    VerificationPolicy policy =
        VerificationPolicy.builder().maxAttestationAge(Duration.ofMinutes(5)).build();
    Clock clock = Clock.fixed(NOW.plusMillis(ageMillis), ZoneOffset.UTC);
    VerificationResult result =
        pinned(policy).clock(clock).build().verifyProofOnly(forge.proof().toBytes());

    if (fresh) {
      assertThat(verified(result).attested()).isPresent();
    } else {
      rejected(result, Rejection.POLICY_ATTESTATION_AGE);
    }
  }

  @Test
  void verify_judgedAtAnotherTime_certificatesMustBeValidThen() {
    byte[] proof = forge.proof().toBytes();
    ProofVerifier then = pinned(CHECKING).judgeAttestationsAt(NOW).build();
    ProofVerifier later =
        pinned(CHECKING).judgeAttestationsAt(NOW.plus(Duration.ofHours(4))).build();
    ProofVerifier before =
        pinned(CHECKING).judgeAttestationsAt(NOW.minus(Duration.ofDays(800))).build();

    assertThat(verified(then.verifyProofOnly(proof)).attested()).isPresent();
    assertThat(rejected(later.verifyProofOnly(proof), Rejection.ATTESTATION_INVALID).detail())
        .contains("certificate-expired");
    assertThat(rejected(before.verifyProofOnly(proof), Rejection.ATTESTATION_INVALID).detail())
        .contains("certificate-not-yet-valid");
  }

  @Test
  void verify_timesBounded_attestedTimeCounts() {
    VerificationPolicy from = VerificationPolicy.builder().minTime(NOW).maxTime(NOW).build();
    JsonObject proof = forge.proof();

    assertThat(verified(verify(proof, from)).attested()).isPresent();
    rejected(
        verify(proof, from.toBuilder().minTime(NOW.plusMillis(1)).build()), Rejection.POLICY_TIME);
    rejected(
        verify(proof, from.toBuilder().maxTime(NOW.minusMillis(1)).build()), Rejection.POLICY_TIME);
  }

  @Test
  void verify_timesBounded_statedTimeCountsToo() {
    JsonObject proof = set(forge.proof(), JsonNumber.of(7), "commit", "time");
    JsonObject resealed = forge.reattest(forge.reseal(proof), authority, d -> d);
    VerificationPolicy around = VerificationPolicy.builder().minTime(NOW).build();

    // The attested time is within, the stated one is not.
    rejected(verify(resealed, around), Rejection.POLICY_TIME);
  }

  private VerificationResult verify(JsonObject proof, VerificationPolicy policy) {
    return pinned(policy)
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build()
        .verifyProofOnly(proof.toBytes());
  }

  private ProofVerifier.Builder pinned(VerificationPolicy policy) {
    return ProofVerifier.builder(policy).trustRoot(FORMAT, root(authority));
  }

  private static Bytes root(SoftAttestationAuthority authority) {
    return Bytes.of(authority.rootCertificate());
  }

  private static String base64(String hex) {
    return Bytes.of(Forge.bytesOfHex(hex)).toBase64();
  }
}
