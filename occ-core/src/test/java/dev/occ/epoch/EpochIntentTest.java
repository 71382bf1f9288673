package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.agency.AgencyVerifier;
import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.Intent;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.testing.Agencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 9, "Intent": what an actor authorized is what the proof says. */
class EpochIntentTest {
  private static final Bytes POLICY = Bytes.sha256(new byte[] {9});

  private Authorizing by;
  private Epoch epoch;

  @BeforeEach
  void open() throws EpochException {
    by = new Authorizing();
    epoch = by.epoch;
  }

  @AfterEach
  void close() {
    by.close();
  }

  /** What the actor wants, in the epoch of the name. */
  private Intent intent(String epochId, List<Bytes> digests) {
    JsonObject actor = Agencies.read(by.direct(Bytes.of(new byte[32]))).actor().json();
    return Intent.builder(epochId, actor, digests)
        .chain("orders")
        .policy(PolicyBinding.of(POLICY).toJson())
        .principal(Principal.of("alice").toJson())
        .attribution(Attribution.of("a title").toJson())
        .build();
  }

  private IntentChallenge ask(List<Bytes> digests) throws EpochException {
    Intent intent = intent(epoch.id(), digests);
    IntentChallenge challenge = epoch.challenge(intent.hash());
    assertThat(challenge.commitsTo(intent)).isTrue();
    return challenge;
  }

  private AgencyDraft draft(IntentChallenge challenge, boolean passkey) {
    AgencyDraft draft =
        passkey ? by.webAuthn(challenge.challenge()) : by.direct(challenge.challenge());
    return draft.intent(challenge.nonce().toByteArray());
  }

  /** The request that the actor wants. */
  private CommitRequest.Builder wanted(Slot slot, AgencyDraft draft) {
    return wanted(slot, DIGEST, draft);
  }

  private static CommitRequest.Builder wanted(Slot slot, Bytes digest, AgencyDraft draft) {
    return CommitRequest.builder(slot.id(), digest)
        .policy(PolicyBinding.of(POLICY))
        .principal(Principal.of("alice"))
        .attribution(Attribution.of("a title"))
        .agency(Agencies.read(draft));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void commit_asIntended_makesAProofThatShowsIt(boolean passkey) throws Exception {
    AgencyDraft draft = draft(ask(List.of(DIGEST)), passkey);
    Proof proof = epoch.commit(wanted(epoch.allocateSlot("orders"), draft).build());
    Intent shown = Intent.of(proof).orElseThrow();
    assertThat(shown).isEqualTo(intent(epoch.id(), List.of(DIGEST)));
    AuthorizedActor actor =
        AgencyVerifier.create()
            .verify(proof.agency().orElseThrow(), DIGEST, ProtocolName.OCC, shown);
    assertThat(actor.coverage()).isEqualTo(Coverage.EVERYTHING);
  }

  static List<Arguments> changes() {
    return List.of(
        change("principal", (request, draft) -> request.principal(Principal.of("ceo"))),
        change(
            "attribution",
            (request, draft) -> request.attribution(Attribution.of("a purchase contract"))),
        change("policy", (request, draft) -> request.policy(PolicyBinding.of(DIGEST))),
        change(
            "member of the actor",
            (request, draft) ->
                request.agency(Agencies.read(draft.actorMember("role", "CEO of ACME")))),
        change(
            "provider", (request, draft) -> request.agency(Agencies.read(draft.provider("bank")))),
        change(
            "nonce",
            (request, draft) -> request.agency(Agencies.read(draft.intent(new byte[32])))));
  }

  private static Arguments change(
      String name, BiConsumer<CommitRequest.Builder, AgencyDraft> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void commit_changedByTheCarrier_isRefusedAndLeavesSlotAndChallenge(
      String name, BiConsumer<CommitRequest.Builder, AgencyDraft> change) throws Exception {
    IntentChallenge challenge = ask(List.of(DIGEST));
    Slot slot = epoch.allocateSlot("orders");
    for (boolean passkey : new boolean[] {false, true}) {
      AgencyDraft draft = draft(challenge, passkey);
      CommitRequest.Builder request = wanted(slot, draft);
      change.accept(request, draft);
      assertRefused(() -> epoch.commit(request.build()), Reason.INTENT_MISMATCH);
    }
    assertThat(epoch.commit(wanted(slot, draft(challenge, false)).build())).isNotNull();
  }

  @Test
  void commit_memberLeftOut_isRefused() throws Exception {
    AgencyDraft draft = draft(ask(List.of(DIGEST)), true);
    Slot slot = epoch.allocateSlot("orders");
    CommitRequest bare =
        CommitRequest.builder(slot.id(), DIGEST).agency(Agencies.read(draft)).build();
    assertRefused(() -> epoch.commit(bare), Reason.INTENT_MISMATCH);
  }

  @Test
  void commit_onAnotherChain_isRefused() throws Exception {
    AgencyDraft draft = draft(ask(List.of(DIGEST)), true);
    for (String chain : List.of("global", "payments")) {
      CommitRequest request = wanted(epoch.allocateSlot(chain), draft).build();
      assertRefused(() -> epoch.commit(request), Reason.INTENT_MISMATCH);
    }
  }

  /** What a WebAuthn signature without an intent does not cover. */
  @Test
  void commit_anotherArtifact_isRefused() throws Exception {
    IntentChallenge challenge = ask(List.of(DIGEST));
    AgencyDraft moved = draft(challenge, true).artifactHash(Authorizing.SECOND.toByteArray());
    Slot slot = epoch.allocateSlot("orders");
    assertRefused(
        () -> epoch.commit(wanted(slot, Authorizing.SECOND, moved).build()),
        Reason.INTENT_MISMATCH);
  }

  /** A carrier may ask this epoch for a challenge with an intent that names another one. */
  @Test
  void commit_intentOfAnotherEpoch_isRefused() throws Exception {
    Intent elsewhere = intent("another epoch", List.of(DIGEST));
    IntentChallenge challenge = epoch.challenge(elsewhere.hash());
    assertThat(challenge.commitsTo(elsewhere)).isTrue();
    CommitRequest request = wanted(epoch.allocateSlot("orders"), draft(challenge, true)).build();
    assertRefused(() -> epoch.commit(request), Reason.INTENT_MISMATCH);
  }

  @Test
  void commit_challengeOfAnotherIntent_isRefused() throws Exception {
    Intent other = intent(epoch.id(), List.of(Authorizing.SECOND));
    IntentChallenge challenge = epoch.challenge(other.hash());
    assertThat(challenge.commitsTo(intent(epoch.id(), List.of(DIGEST)))).isFalse();
    CommitRequest request = wanted(epoch.allocateSlot("orders"), draft(challenge, true)).build();
    assertRefused(() -> epoch.commit(request), Reason.INTENT_MISMATCH);
  }

  @Test
  void commit_challengeWithIntentAnsweredWithoutOrTheReverse_isRefused() throws Exception {
    Slot slot = epoch.allocateSlot("orders");
    IntentChallenge with = ask(List.of(DIGEST));
    assertRefused(
        () -> epoch.commit(wanted(slot, by.webAuthn(with.challenge())).build()),
        Reason.INTENT_MISMATCH);
    Bytes without = epoch.challenge();
    assertRefused(
        () -> epoch.commit(wanted(slot, by.webAuthn(without).intent(new byte[32])).build()),
        Reason.INTENT_MISMATCH);
    assertThat(epoch.commit(wanted(slot, by.webAuthn(without)).build())).isNotNull();
  }

  @Test
  void commit_slotUnknown_isSaidAndCostsNoTry() throws Exception {
    AgencyDraft draft = draft(ask(List.of(DIGEST)), true);
    Slot used = epoch.allocateSlot("orders");
    assertThat(EpochChecks.commit(epoch, used)).isNotNull();
    for (int i = 0; i < 10; i++) {
      assertRefused(() -> epoch.commit(wanted(used, draft).build()), Reason.SLOT_UNKNOWN);
    }
    assertThat(epoch.commit(wanted(epoch.allocateSlot("orders"), draft).build())).isNotNull();
  }

  @Test
  void commit_batch_isIntendedAsAWhole() throws Exception {
    List<byte[]> list = Authorizing.arrays(Authorizing.THREE);
    AgencyDraft draft = draft(ask(Authorizing.THREE), true);
    byte[][] signature = new byte[1][];
    String unused = draft.batch(0, list).signature(made -> signature[0] = made).build();
    List<Proof> proofs = new ArrayList<>();
    for (int place : List.of(0, 2, 1)) {
      Slot slot = epoch.allocateSlot("orders");
      draft.batch(place, list).signature(made -> signature[0].clone());
      Bytes digest = Authorizing.THREE.get(place);
      CommitRequest other = wanted(slot, digest, draft).principal(Principal.of("ceo")).build();
      assertRefused(() -> epoch.commit(other), Reason.INTENT_MISMATCH);
      Slot elsewhere = epoch.allocateSlot("payments");
      CommitRequest onAnother = wanted(elsewhere, digest, draft).build();
      assertRefused(() -> epoch.commit(onAnother), Reason.INTENT_MISMATCH);
      proofs.add(epoch.commit(wanted(slot, digest, draft).build()));
    }
    for (Proof proof : proofs) {
      assertThat(Intent.of(proof)).contains(intent(epoch.id(), Authorizing.THREE));
    }
  }

  /** Of the list a direct signature covers the first digest only, and a WebAuthn one nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void commit_batchSwapped_isRefused(boolean passkey) throws Exception {
    IntentChallenge challenge = ask(List.of(DIGEST, Authorizing.SECOND));
    Slot slot = epoch.allocateSlot("orders");
    for (List<Bytes> swapped :
        List.of(List.of(DIGEST, Authorizing.THIRD), List.of(DIGEST), Authorizing.THREE)) {
      AgencyDraft draft = draft(challenge, passkey).batch(0, Authorizing.arrays(swapped));
      assertRefused(() -> epoch.commit(wanted(slot, draft).build()), Reason.INTENT_MISMATCH);
    }
  }

  @Test
  void commit_refusedFiveTimes_losesTheChallenge() throws Exception {
    IntentChallenge challenge = ask(List.of(DIGEST));
    Slot slot = epoch.allocateSlot("orders");
    AgencyDraft right = draft(challenge, false);
    List<CommitRequest> wrong =
        List.of(
            wanted(slot, right).principal(Principal.of("ceo")).build(),
            wanted(slot, by.direct(challenge.challenge())).build(),
            wanted(slot, draft(challenge, false).signature(EpochIntentTest::broken)).build(),
            wanted(
                    slot,
                    by.direct(challenge.challenge(), Duration.ofMinutes(2))
                        .intent(challenge.nonce().toByteArray()))
                .build(),
            wanted(slot, draft(challenge, true).flags(0)).build());
    List<Reason> reasons =
        List.of(
            Reason.INTENT_MISMATCH,
            Reason.INTENT_MISMATCH,
            Reason.AGENCY_SIGNATURE_INVALID,
            Reason.AGENCY_TIMESTAMP,
            Reason.AGENCY_USER_NOT_PRESENT);
    for (int i = 0; i < wrong.size(); i++) {
      CommitRequest request = wrong.get(i);
      assertRefused(() -> epoch.commit(request), reasons.get(i));
    }
    assertRefused(() -> epoch.commit(wanted(slot, right).build()), Reason.CHALLENGE_UNKNOWN);
    assertThat(EpochChecks.commit(epoch, slot)).as("the slot stays").isNotNull();
  }

  private static byte[] broken(byte[] signature) {
    byte[] broken = signature.clone();
    broken[broken.length - 1] ^= 1;
    return broken;
  }

  @Test
  void commit_refusedFourTimes_isStillAnswered() throws Exception {
    Bytes challenge = epoch.challenge();
    Slot slot = epoch.allocateSlot();
    for (int i = 0; i < 4; i++) {
      AgencyDraft broken = by.direct(challenge).signature(EpochIntentTest::broken);
      assertRefused(
          () -> epoch.commit(Authorizing.request(slot, broken)), Reason.AGENCY_SIGNATURE_INVALID);
    }
    assertThat(epoch.commit(Authorizing.request(slot, by.direct(challenge)))).isNotNull();
  }

  /** A challenge that lost its tries makes room for another. */
  @Test
  void challenge_refusedFiveTimes_makesRoom() throws Exception {
    List<Bytes> challenges = new ArrayList<>();
    for (int i = 0; i < ChallengeTable.MAX_PENDING; i++) {
      challenges.add(epoch.challenge(DIGEST).challenge());
    }
    assertRefused(() -> epoch.challenge(DIGEST), Reason.TOO_MANY_CHALLENGES);
    assertRefused(epoch::challenge, Reason.TOO_MANY_CHALLENGES);
    Slot slot = epoch.allocateSlot();
    for (int i = 0; i < ChallengeTable.MAX_TRIES; i++) {
      AgencyDraft draft = by.direct(challenges.get(7));
      assertRefused(() -> epoch.commit(Authorizing.request(slot, draft)), Reason.INTENT_MISMATCH);
    }
    assertThat(epoch.challenge(DIGEST)).isNotNull();
  }

  @Test
  void challenge_hashOfAnotherLength_isRefusedBeforeAnyEffect() {
    int calls = by.signer.calls();
    assertThatIllegalArgumentException().isThrownBy(() -> epoch.challenge(Bytes.of(new byte[31])));
    assertThat(by.signer.calls()).isEqualTo(calls);
  }

  @Test
  void begin_fiveUnderWay_leavesNoSixth() throws Exception {
    ChallengeTable table =
        new ChallengeTable(EpochOptions.builder().nanoClock(by.clock).clock(by.wall).build());
    Bytes challenge = Bytes.of(new byte[32]);
    table.add(challenge);
    Claim claim = Claim.of(Agencies.read(by.direct(challenge)));
    List<ChallengeTable.Try> tries = new ArrayList<>();
    for (int i = 0; i < ChallengeTable.MAX_TRIES; i++) {
      tries.add(table.begin(claim));
    }
    assertRefused(() -> table.begin(claim), Reason.CHALLENGE_UNKNOWN);
    tries.get(0).end(false);
    ChallengeTable.Try again = table.begin(claim);
    for (ChallengeTable.Try attempt : tries.subList(1, 5)) {
      attempt.end(true);
    }
    assertRefused(() -> table.begin(claim), Reason.CHALLENGE_UNKNOWN);
    assertThat(table.<String>spend(claim, () -> "taken")).isEqualTo("taken");
    again.end(false);
    assertRefused(() -> table.begin(claim), Reason.CHALLENGE_UNKNOWN);
  }
}
