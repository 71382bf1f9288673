package dev.occ.verifier;

import static dev.occ.verifier.Forge.json;
import static dev.occ.verifier.Forge.remove;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Outcomes.outcome;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.Check.Outcome;
import dev.occ.verifier.Check.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofVerifierTest {
  /** The steps of spec 11; timestamps are only a step where the caller requires them. */
  static final Set<Step> STEPS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Step.TIMESTAMP)));

  private static final ProofVerifier STRICT =
      ProofVerifier.create(VerificationPolicy.integrityOnly());
  private static final ProofVerifier HISTORICAL =
      ProofVerifier.create(VerificationPolicy.integrityOnly().toBuilder().historical().build());

  private Forge forge;

  @BeforeEach
  void open() {
    forge = Forge.open();
  }

  @AfterEach
  void close() {
    forge.close();
  }

  @Test
  void verify_goodProof_everyStepInOrderWithItsOutcome() {
    VerificationResult result = verify(forge.proof());

    assertThat(result.checks()).extracting(Check::step).containsExactlyElementsOf(STEPS);
    assertThat(result.checks())
        .extracting(Check::outcome)
        .containsExactly(
            Outcome.PASSED,
            Outcome.NOT_CHECKED,
            Outcome.PASSED,
            Outcome.PASSED,
            Outcome.ABSENT,
            Outcome.ABSENT,
            Outcome.ABSENT,
            Outcome.PASSED);
    assertThat(result.checks()).extracting(Check::text).doesNotContain("");
  }

  @Test
  void verify_goodProof_claimsOfTheProof() throws Exception {
    forge.proofOn(Forge.CHAIN);
    JsonObject proof = forge.proofOn(Forge.CHAIN);
    ValidProof verified = verify(proof).orElseThrow();

    assertThat(verified.artifactDigest()).isEqualTo(Bytes.sha256(Forge.ARTIFACT));
    assertThat(verified.proofHash()).isEqualTo(Forge.read(proof).proofHash());
    assertThat(verified.publicKey()).isEqualTo(forge.publicKey());
    assertThat(verified.enforcement()).isEqualTo(EnforcementTier.STUB);
    assertThat(verified.measurement()).isEqualTo("soft:dev");
    assertThat(verified.epochId()).contains(forge.epochId());
    assertThat(verified.chain()).isEqualTo(Forge.CHAIN);
    assertThat(verified.counter()).contains(Counter.of(4));
    assertThat(verified.slotCounter()).contains(Counter.of(3));
    assertThat(verified.previous()).isEqualTo(Forge.read(proof).commit().prev()).isPresent();
    assertThat(verified.policy().orElseThrow().digest()).isEqualTo(Forge.POLICY_DIGEST);
    assertThat(verified.principal().orElseThrow().id()).isEqualTo("alice");
    assertThat(verified.attribution().orElseThrow().name()).contains("Bob");
    assertThat(verified.attested()).isEmpty();
    assertThat(verified.historicalForms()).isEmpty();
    assertThat(verified.unsignedMembers()).isEmpty();
    assertThat(verified.slotChecked()).isTrue();
    assertThat(verified.artifactCompared()).isFalse();
    assertThat(verified).hasToString("VerifiedProofOnly[Proof[a chain 4]]");
  }

  @Test
  void verify_brokenEverywhere_failsAtTheFirstStepUntilItIsMended() {
    ArtifactDigest foreign = ArtifactDigest.ofContent(new byte[] {1});
    JsonObject good = forge.proof();
    JsonObject link = json("{\"prevEpochId\": \"p\"}");
    JsonObject malformed = set(good, link, "commit", "epochLink");
    rejected(STRICT.verify(malformed.toBytes(), foreign), Rejection.MALFORMED);

    JsonObject badLink = set(good, set(forge.link(), "other", "toEpochId"), "commit", "epochLink");
    JsonObject badSlot = set(badLink, "another", "slotAllocation", "epochId");
    rejected(STRICT.verify(badSlot.toBytes(), foreign), Rejection.ARTIFACT_MISMATCH);
    rejected(verify(badSlot), Rejection.SIGNATURE_INVALID);
    rejected(verify(forge.resign(badSlot)), Rejection.SLOT_EPOCH_MISMATCH);

    ProofVerifier strictest = ProofVerifier.create(VerificationPolicy.measuredTee("ab".repeat(48)));
    rejected(
        strictest.verifyProofOnly(forge.resign(badLink).toBytes()), Rejection.EPOCH_LINK_MISMATCH);
    rejected(strictest.verifyProofOnly(good.toBytes()), Rejection.POLICY_ENFORCEMENT);
  }

  @Test
  void verify_artifactInAnyForm_checked() throws Exception {
    byte[] proof = forge.proof().toBytes();
    ArtifactDigest digest = ArtifactDigest.of(Bytes.sha256(Forge.ARTIFACT));
    ArtifactDigest bytes = ArtifactDigest.ofContent(Forge.ARTIFACT);
    ArtifactDigest stream = ArtifactDigest.ofContent(new ByteArrayInputStream(Forge.ARTIFACT));

    for (ArtifactDigest artifact : List.of(digest, bytes, stream)) {
      ValidProof verified = verified(STRICT.verify(proof, artifact));
      assertThat(verified.artifactCompared()).isTrue();
      assertThat(outcome(verified, Step.ARTIFACT)).isEqualTo(Outcome.PASSED);
    }
  }

  @Test
  void verify_proofReadAlready_sameAsItsDocument() {
    JsonObject proof = forge.proof();

    assertThat(STRICT.verifyProofOnly(Forge.read(proof)).checks())
        .isEqualTo(STRICT.verifyProofOnly(proof.toBytes()).checks());
    assertThat(
            verified(STRICT.verify(Forge.read(proof), ArtifactDigest.ofContent(Forge.ARTIFACT)))
                .artifactCompared())
        .isTrue();
    rejected(
        STRICT.verify(Forge.read(proof), ArtifactDigest.ofContent(new byte[0])),
        Rejection.ARTIFACT_MISMATCH);
  }

  @Test
  void artifactDigest_longStreamInSmallReads_hashOfAllBytes() throws Exception {
    byte[] content = new byte[200_001];
    content[200_000] = 1;
    InputStream trickling =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 777));
          }
        };

    assertThat(ArtifactDigest.ofContent(trickling)).isEqualTo(ArtifactDigest.ofContent(content));
  }

  /** The contract of streams forbids it for a buffer with room, and some do it all the same. */
  @Test
  void artifactDigest_streamThatReadsNothingOnce_readToItsEnd() throws Exception {
    InputStream hesitating =
        new ByteArrayInputStream(Forge.ARTIFACT) {
          private boolean hesitated;

          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            boolean first = !hesitated;
            hesitated = true;
            return first ? 0 : super.read(buffer, offset, length);
          }
        };

    assertThat(ArtifactDigest.ofContent(hesitating))
        .isEqualTo(ArtifactDigest.ofContent(Forge.ARTIFACT));
  }

  @Test
  void artifactDigest_failingStream_throwsItsException() {
    IOException failure = new IOException("broken");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw failure;
          }
        };

    assertThat(catchThrowable(() -> hash(broken))).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void artifactDigest_otherLength_refused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(ArtifactDigest.of(Bytes.of(new byte[length]))).isNull());
  }

  @Test
  void verify_noSlotAndNoneNamed_absent() {
    ValidProof verified = verified(verify(withoutSlot("slotCounter", "slotHashB64")));

    assertThat(outcome(verified, Step.SLOT)).isEqualTo(Outcome.ABSENT);
    assertThat(verified.slotChecked()).isFalse();
    assertThat(verified.slotCounter()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slotCounter", "slotHashB64"})
  void verify_noSlotButNamedByOneMember_slotMissing(String left) {
    String removed = left.equals("slotCounter") ? "slotHashB64" : "slotCounter";

    rejected(verify(withoutSlot(removed)), Rejection.SLOT_MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "epochId, SLOT_EPOCH_MISMATCH",
    "slotCounter, SLOT_COUNTER_MISMATCH",
    "counter, SLOT_NOT_BEFORE_COMMIT",
    "slotHashB64, SLOT_HASH_MISMATCH"
  })
  void verify_slotOfWhichTheCommitSaysLess_rejected(String member, Rejection reason) {
    rejected(verify(forge.resign(remove(forge.proof(), "commit", member))), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"artifact", "digestB64", "hashAlg"})
  void verify_slotWithArtifactMember_rejected(String member) {
    JsonObject proof = forge.reseal(set(forge.proof(), json("{}"), "slotAllocation", member));

    assertThat(rejected(verify(proof), Rejection.SLOT_HOLDS_ARTIFACT).pointer())
        .contains("/slotAllocation/" + member);
  }

  @Test
  void verify_slotWithUnknownMember_coveredByItsSignature() {
    JsonObject proof = forge.reseal(set(forge.proof(), "x", "slotAllocation", "more"));

    assertThat(verified(verify(proof)).slotChecked()).isTrue();
    rejected(verify(set(proof, "y", "slotAllocation", "more")), Rejection.SLOT_HASH_MISMATCH);
  }

  @Test
  void verify_slotOnlyOnANamedChain_mismatch() {
    JsonObject proof = set(forge.proof(), "elsewhere", "slotAllocation", "chainId");

    rejected(verify(forge.reseal(proof)), Rejection.SLOT_CHAIN_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, true",
    "0, 1, true",
    "1, 1, false",
    "2, 1, false",
    "9, 10, true",
    "10, 9, false",
    "9223372036854775807, 9223372036854775808, true",
    "9223372036854775808, 9223372036854775807, false",
    "18446744073709551614, 18446744073709551615, true",
    "18446744073709551615, 0, false"
  })
  void verify_countersOfSlotAndCommit_comparedAsUnsigned(String slot, String commit, boolean good) {
    JsonObject proof = set(forge.proof(), slot, "slotAllocation", "counter");
    proof = set(set(proof, slot, "commit", "slotCounter"), commit, "commit", "counter");

    VerificationResult result = verify(forge.reseal(proof));
    if (good) {
      assertThat(verified(result).slotCounter().orElseThrow()).hasToString(slot);
    } else {
      rejected(result, Rejection.SLOT_NOT_BEFORE_COMMIT);
    }
  }

  @Test
  void verify_historicalSlotHash_onlyInHistoricalMode() {
    JsonObject proof = forge.proofOn(Forge.CHAIN);
    Bytes hash = Forge.read(proof).slotAllocation().orElseThrow().historicalHash();
    JsonObject historical = forge.resign(set(proof, Forge.text(hash), "commit", "slotHashB64"));

    rejected(verify(historical), Rejection.SLOT_HASH_HISTORICAL);
    assertThat(verified(HISTORICAL.verifyProofOnly(historical.toBytes())).historicalForms())
        .containsExactly(HistoricalForm.SLOT_HASH_WITHOUT_CHAIN);
  }

  @Test
  void verify_historicalModeButNothingHistorical_noFormNamed() {
    assertThat(verified(HISTORICAL.verifyProofOnly(forge.proof().toBytes())).historicalForms())
        .isEmpty();
  }

  @Test
  void verify_timesPresent_namedInBothModes() {
    JsonObject proof = forge.proof();
    JsonObject inCommit = forge.resign(set(proof, JsonNumber.of(5), "commit", "time"));
    JsonObject inSlot = forge.reseal(set(proof, JsonNumber.of(5), "slotAllocation", "time"));
    JsonObject withoutSlot =
        forge.resign(
            set(withoutSlot("slotCounter", "slotHashB64"), JsonNumber.of(5), "commit", "time"));

    for (JsonObject timed : List.of(inCommit, inSlot, withoutSlot)) {
      assertThat(verified(verify(timed)).historicalForms()).containsExactly(HistoricalForm.TIME);
      assertThat(verified(HISTORICAL.verifyProofOnly(timed.toBytes())).historicalForms())
          .containsExactly(HistoricalForm.TIME);
    }
  }

  @Test
  void verify_epochLink_passedAndNamed() {
    ValidProof verified = verified(verify(linked(forge.link())));

    assertThat(outcome(verified, Step.EPOCH_LINK)).isEqualTo(Outcome.PASSED);
    assertThat(verified.historicalForms()).containsExactly(HistoricalForm.EPOCH_LINK);
  }

  @Test
  void verify_epochLinkToAnotherKeyOrEpoch_mismatch() {
    JsonObject link = forge.link();
    String key = Bytes.sha256(new byte[] {9}).toBase64();

    rejected(verify(linked(set(link, key, "toPublicKeyB64"))), Rejection.EPOCH_LINK_MISMATCH);
    rejected(verify(linked(set(link, "other", "toEpochId"))), Rejection.EPOCH_LINK_MISMATCH);
    JsonObject noEpoch =
        remove(
            set(withoutSlot("slotCounter", "slotHashB64"), link, "commit", "epochLink"),
            "commit",
            "epochId");
    rejected(verify(forge.resign(noEpoch)), Rejection.EPOCH_LINK_MISMATCH);
  }

  @Test
  void verify_epochLinkFromOwnKeyOrEpoch_toItself() {
    JsonObject link = forge.link();
    String key = forge.publicKey().toBase64();

    rejected(verify(linked(set(link, key, "prevPublicKeyB64"))), Rejection.EPOCH_LINK_TO_ITSELF);
    rejected(
        verify(linked(set(link, forge.epochId(), "prevEpochId"))), Rejection.EPOCH_LINK_TO_ITSELF);
  }

  @Test
  void verify_bitgraphNames_acceptedAndNamed() {
    JsonObject proof = set(forge.proof(), "bitgraph/1", "version");
    JsonObject both = forge.reseal(set(proof, "bitgraph/slot/1", "slotAllocation", "version"));

    assertThat(verified(verify(both)).historicalForms())
        .containsExactly(HistoricalForm.BITGRAPH_NAME);
    // Mixed names are refused, although all signatures hold.
    assertThat(rejected(verify(forge.reseal(proof)), Rejection.MALFORMED).detail())
        .contains("unsupported-version");
  }

  @Test
  void verify_membersThatNobodySigned_named() {
    JsonObject proof =
        set(forge.proof(), json("{}"), "metadata")
            .with("timestamps", json("{}"))
            .with("claims", json("{}"))
            .with("a/b~c", json("{}"));
    JsonObject wrongHash = set(proof, Bytes.sha256(new byte[0]).toBase64(), "proofHash");
    JsonObject more = set(set(wrongHash, "x", "signer", "x"), "y", "environment", "y");

    ValidProof verified = verified(verify(more));
    assertThat(verified.unsignedMembers())
        .containsExactlyInAnyOrder(
            "/metadata",
            "/timestamps",
            "/claims",
            "/a~1b~0c",
            "/proofHash",
            "/signer/x",
            "/environment/y");
    assertThat(verified.proofHash()).isEqualTo(Forge.read(proof).proofHash());
  }

  @Test
  void verify_unknownMembersOfSignedParts_signed() {
    JsonObject proof = set(forge.proof(), json("{\"n\": 1.50, \"x\": null}"), "commit", "more");
    JsonObject signed = forge.resign(set(proof, JsonNumber.of(100), "principal", "more"));

    ValidProof plain = verified(verify(signed));
    assertThat(plain.unsignedMembers()).isEmpty();
    rejected(
        verify(set(signed, json("{\"n\": 1.5}"), "commit", "more")), Rejection.SIGNATURE_INVALID);
    // Another spelling of the same numbers, another order of the same members.
    JsonObject same = set(signed, json("{\"x\": null, \"n\": 15e-1}"), "commit", "more");
    ValidProof respelt = verified(verify(set(same, new JsonNumber("1E2"), "principal", "more")));
    assertThat(respelt.proofHash()).isEqualTo(plain.proofHash());
  }

  @Test
  void verify_prettyPrinted_verified() {
    assertThat(verified(STRICT.verifyProofOnly(forge.proof().toPrettyBytes())).slotChecked())
        .isTrue();
  }

  @Test
  void builder_nulls_refusedAtOnce() {
    ProofVerifier.Builder builder = ProofVerifier.builder(VerificationPolicy.integrityOnly());
    Bytes root = Bytes.of(new byte[1]);

    assertThatNullPointerException().isThrownBy(() -> ProofVerifier.builder(nullOf()));
    assertThatNullPointerException().isThrownBy(() -> builder.trustRoot(nullOf(), root));
    assertThatNullPointerException().isThrownBy(() -> builder.trustRoot("x", nullOf()));
    assertThatNullPointerException().isThrownBy(() -> builder.clock(nullOf()));
    assertThatNullPointerException().isThrownBy(() -> builder.judgeAttestationsAt(nullOf()));
  }

  @Test
  void build_rootThatIsNoCertificate_refused() {
    ProofVerifier.Builder builder =
        ProofVerifier.builder(VerificationPolicy.integrityOnly())
            .trustRoot("x", Bytes.of(new byte[10]));

    assertThatIllegalArgumentException().isThrownBy(() -> assertThat(builder.build()).isNull());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // misuse is what is tested
  private static <T> T nullOf() {
    return null;
  }

  private static void hash(InputStream content) throws IOException {
    assertThat(ArtifactDigest.ofContent(content)).isNull();
  }

  private JsonObject linked(JsonObject link) {
    return forge.resign(set(forge.proof(), link, "commit", "epochLink"));
  }

  private JsonObject withoutSlot(String... removed) {
    JsonObject proof = remove(forge.proof(), "slotAllocation");
    for (String name : removed) {
      proof = remove(proof, "commit", name);
    }
    return forge.resign(proof);
  }

  private static VerificationResult verify(JsonObject proof) {
    return STRICT.verifyProofOnly(proof.toBytes());
  }
}
