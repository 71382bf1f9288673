package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.outcome;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real proofs of production services give what {@code expected.json} says. */
class RealProofsTest {
  private static final String OTHER_PCR0 = "00".repeat(47) + "01";

  private static final VerificationPolicy INTEGRITY = VerificationPolicy.integrityOnly();

  @ParameterizedTest
  @ValueSource(
      strings = {
        Vectors.NITRO,
        Vectors.NITRO_POLICY,
        Vectors.ANCHOR,
        Vectors.STUB_1,
        Vectors.STUB_2
      })
  void verify_integrityHistorical_signatureAndHashAsExpected(String name) throws Exception {
    JsonNode expected = Vectors.expected(name);
    ValidProof verified = verified(verify(name, INTEGRITY.toBuilder().historical().build()));

    assertThat(expected.required("signature").asBoolean()).isTrue();
    assertThat(outcome(verified, Check.Step.SIGNATURE)).isEqualTo(Check.Outcome.PASSED);
    assertThat(verified.proofHash().toBase64())
        .isEqualTo(expected.required("proofHashB64").asString());
    assertThat(verified.slotChecked()).isEqualTo(!expected.get("slot").asString().equals("absent"));
    assertThat(verified.attested()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Vectors.NITRO, Vectors.NITRO_POLICY, Vectors.STUB_1, Vectors.STUB_2})
  void verify_integrityStrict_verifiedWithTimeAsTheOnlyForm(String name) {
    ValidProof verified = verified(verify(name, INTEGRITY));

    assertThat(verified.historicalForms()).containsExactly(HistoricalForm.TIME);
    assertThat(verified.artifactCompared()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {Vectors.NITRO, Vectors.NITRO_POLICY})
  void verify_nitroUnderMeasuredTeeHistorical_attestedByAws(String name) throws Exception {
    JsonNode facts = Vectors.expected(Vectors.NITRO).required("attestation");
    String pcr0 = facts.required("pcr0").asString();
    ValidProof verified =
        verified(verify(name, measuredTee(pcr0).toBuilder().historical().build()));
    AttestedFacts attested = verified.attested().orElseThrow();

    assertThat(Vectors.expected(name).required("historical").asString()).isEqualTo("valid");
    assertThat(attested.isAwsRoot()).isEqualTo(facts.required("genuineAwsRoot").asBoolean());
    assertThat(attested.format()).isEqualTo("aws-nitro");
    assertThat(attested.moduleId()).isEqualTo(facts.required("moduleId").asString());
    assertThat(attested.instanceId()).contains("i-0650273423ff67567");
    assertThat(attested.pcrs().get(0)).isEqualTo(Bytes.fromHex(pcr0));
    assertThat(attested.isDebug()).isFalse();
    assertThat(attested.chain()).hasSize(5);
    assertThat(verified.enforcement()).isEqualTo(EnforcementTier.MEASURED_TEE);
    assertThat(verified.measurement()).isEqualTo(pcr0);
    assertThat(verified.historicalForms())
        .isEqualTo(Set.of(HistoricalForm.TIME, HistoricalForm.USER_DATA_WITHOUT_FORMAT));
    assertThat(outcome(verified, Check.Step.ATTESTATION)).isEqualTo(Check.Outcome.PASSED);
    assertThat(verified.unsignedMembers()).containsExactly("/timestamps");
  }

  @Test
  void verify_nitro_attestedTimeAsExpected() {
    JsonNode facts = Vectors.expected(Vectors.NITRO).required("attestation");
    ValidProof verified = verified(verify(Vectors.NITRO, nitroPolicy()));

    assertThat(verified.attested().orElseThrow().time())
        .isEqualTo(Instant.ofEpochMilli(facts.required("timestampMs").asLong()));
  }

  @ParameterizedTest
  @ValueSource(strings = {Vectors.NITRO, Vectors.NITRO_POLICY})
  void verify_nitroStrict_rejectedForItsUserData(String name) {
    String pcr0 = pcr0();

    assertThat(Vectors.expected(name).required("strict").asString())
        .isEqualTo("invalid: attestation user_data");
    Rejected rejected =
        rejected(verify(name, measuredTee(pcr0)), Rejection.ATTESTATION_USER_DATA_HISTORICAL);
    assertThat(rejected.pointer()).contains("/environment/attestation/reportB64");
  }

  @ParameterizedTest
  @ValueSource(strings = {Vectors.NITRO, Vectors.NITRO_POLICY})
  void verify_nitroUnderAnotherPcr0_rejectedByPolicy(String name) {
    VerificationPolicy other = measuredTee(OTHER_PCR0).toBuilder().historical().build();

    rejected(verify(name, other), Rejection.POLICY_MEASUREMENT);
  }

  @Test
  void verify_nitroWithItsDigest_artifactCompared() throws Exception {
    Bytes digest = Bytes.fromBase64("E6vI9byliPCSiQrH4yQTENn9eOWXvecCTGqtxxHnAGM=");
    ProofVerifier verifier = ProofVerifier.create(nitroPolicy());
    byte[] proof = Vectors.proof(Vectors.NITRO);

    assertThat(verified(verifier.verify(proof, ArtifactDigest.of(digest))).artifactCompared())
        .isTrue();
    rejected(
        verifier.verify(proof, ArtifactDigest.ofContent(new byte[0])), Rejection.ARTIFACT_MISMATCH);
  }

  @Test
  void verify_nitroJudgedToday_certificatesExpired() {
    ProofVerifier today =
        ProofVerifier.builder(nitroPolicy())
            .judgeAttestationsAt(Instant.parse("2026-11-22T00:00:00Z"))
            .build();

    Rejected rejected =
        rejected(
            today.verifyProofOnly(Vectors.proof(Vectors.NITRO)), Rejection.ATTESTATION_INVALID);
    assertThat(rejected.detail()).contains("certificate-expired");
  }

  @Test
  void verify_nitroUnderAnotherRootForItsFormat_notTrusted() throws Exception {
    Bytes root = Bytes.of(SoftAttestationAuthority.create().rootCertificate());
    ProofVerifier other =
        ProofVerifier.builder(nitroPolicy()).trustRoot(ProofVerifier.AWS_NITRO, root).build();

    Rejected rejected =
        rejected(
            other.verifyProofOnly(Vectors.proof(Vectors.NITRO)), Rejection.ATTESTATION_INVALID);
    assertThat(rejected.detail()).contains("root-not-pinned");
  }

  @Test
  void verify_policyWithUnknownSignedMember_bindingKept() {
    ValidProof verified = verified(verify(Vectors.NITRO_POLICY, nitroPolicy()));

    assertThat(verified.policy().orElseThrow().name()).contains("Tool Execution Policy");
  }

  @Test
  void verify_anchorStrict_slotHashHistorical() {
    Rejected rejected = rejected(verify(Vectors.ANCHOR, INTEGRITY), Rejection.SLOT_HASH_HISTORICAL);

    assertThat(rejected.pointer()).contains("/commit/slotHashB64");
  }

  @Test
  void verify_anchorHistorical_namesTheForm() {
    ValidProof verified =
        verified(verify(Vectors.ANCHOR, INTEGRITY.toBuilder().historical().build()));

    assertThat(verified.historicalForms()).containsExactly(HistoricalForm.SLOT_HASH_WITHOUT_CHAIN);
    assertThat(verified.chain()).isEqualTo("occ:main");
    assertThat(verified.attribution().orElseThrow().title().orElseThrow())
        .endsWith(
            "/block/" + Vectors.expected(Vectors.ANCHOR).at("/anchor/blockNumber").asString());
  }

  @Test
  void verify_anchorWhenAttestationIsChecked_placeholderInvalid() {
    VerificationPolicy checking = VerificationPolicy.builder().historical().build();

    Rejected rejected = rejected(verify(Vectors.ANCHOR, checking), Rejection.ATTESTATION_INVALID);
    assertThat(rejected.detail()).isPresent();
  }

  @Test
  void verify_stubChain_secondLinksToFirst() throws JsonException {
    Proof first = Proof.read(Vectors.proof(Vectors.STUB_1));
    ValidProof second = verified(verify(Vectors.STUB_2, INTEGRITY));

    assertThat(Vectors.expected(Vectors.STUB_2).required("prevB64").asString())
        .isEqualTo("links to " + Vectors.STUB_1);
    assertThat(second.previous()).contains(first.sealedHash());
    assertThat(second.unsignedMembers()).containsExactly("/metadata");
  }

  @Test
  void verify_stubUnderMeasuredTee_rejectedForItsTier() {
    rejected(verify(Vectors.STUB_1, measuredTee(pcr0())), Rejection.POLICY_ENFORCEMENT);
  }

  private static VerificationPolicy nitroPolicy() {
    return measuredTee(pcr0()).toBuilder().historical().build();
  }

  private static VerificationPolicy measuredTee(String pcr0) {
    return VerificationPolicy.measuredTee(pcr0);
  }

  private static String pcr0() {
    return Vectors.expected(Vectors.NITRO).at("/attestation/pcr0").asString();
  }

  private static VerificationResult verify(String name, VerificationPolicy policy) {
    return ProofVerifier.create(policy).verifyProofOnly(Vectors.proof(name));
  }
}
