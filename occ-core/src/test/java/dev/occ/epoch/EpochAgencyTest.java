package dev.occ.epoch;

import static dev.occ.epoch.Authorizing.SECOND;
import static dev.occ.epoch.Authorizing.THIRD;
import static dev.occ.epoch.Authorizing.THREE;
import static dev.occ.epoch.Authorizing.request;
import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.agency.AgencyRejection;
import dev.occ.epoch.Authorizing.Batch;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.AgencyFaults;
import dev.occ.signer.soft.AgencyFaults.AgencyFault;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.testing.Agencies;
import dev.occ.testing.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochAgencyTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);

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

  private Proof commit(AgencyDraft draft) throws EpochException {
    return epoch.commit(request(epoch.allocateSlot(), draft));
  }

  @Test
  void challenge_each_isFreshAndOfTheSigner() throws Exception {
    Set<Bytes> challenges = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      challenges.add(epoch.challenge());
    }
    assertThat(challenges).hasSize(100).allMatch(challenge -> challenge.size() == 32);
    assertThat(by.signer.randoms().stream().map(Bytes::of)).containsAll(challenges);
  }

  @Test
  void commit_authorised_signsTheActorAndKeepsTheAgencyAsItCame() throws Exception {
    List<Proof> proofs =
        List.of(commit(by.direct(epoch.challenge())), commit(by.webAuthn(epoch.challenge())));
    for (Proof proof : proofs) {
      Agency agency = proof.agency().orElseThrow();
      assertThat(agency.actor().keyId()).isEqualTo(by.person.keyId());
      JsonObject body = Json.object(new String(proof.signedBytes(), StandardCharsets.UTF_8));
      assertThat(body.get("actor")).contains(agency.actor().json());
      assertThat(body.has("agency")).isFalse();
    }
    assertSoundChain(epoch, proofs);
    JsonObject given = Agencies.read(by.direct(epoch.challenge())).json();
    JsonObject more = Json.with(given, "/x", new JsonString("y"));
    CommitRequest request =
        CommitRequest.builder(epoch.allocateSlot().id(), DIGEST).agency(Agency.read(more)).build();
    assertThat(epoch.commit(request).json().get("agency")).contains(more);
  }

  @Test
  void commit_secondWithOneChallenge_isRefusedAndLeavesTheSlot() throws Exception {
    AgencyDraft draft = by.direct(epoch.challenge());
    assertThat(commit(draft)).isNotNull();
    Slot slot = epoch.allocateSlot();
    assertRefused(() -> epoch.commit(request(slot, draft)), Reason.CHALLENGE_UNKNOWN);
    assertThat(EpochChecks.commit(epoch, slot)).isNotNull();
  }

  @Test
  void commit_challengeOfNobody_isRefused() throws Exception {
    Slot slot = epoch.allocateSlot();
    assertRefused(
        () -> epoch.commit(request(slot, by.webAuthn(Bytes.of(new byte[32])))),
        Reason.CHALLENGE_UNKNOWN);
    assertThat(EpochChecks.commit(epoch, slot)).isNotNull();
  }

  @Test
  void commit_challengeOfAnotherEpoch_isRefused() throws Exception {
    try (Authorizing other = new Authorizing()) {
      other.signer.script((call, operation, honest) -> flippedRandom(operation, honest));
      Bytes foreign = other.epoch.challenge();
      assertRefused(() -> commit(by.direct(foreign)), Reason.CHALLENGE_UNKNOWN);
    }
  }

  private static byte[] flippedRandom(ScriptedSigner.Operation operation, byte[] honest) {
    if (operation == ScriptedSigner.Operation.RANDOM) {
      honest[0] ^= 1;
    }
    return honest;
  }

  @Test
  void commit_challengeJustInTime_isAccepted() throws Exception {
    Bytes challenge = epoch.challenge();
    by.clock.advance(MINUTE.minusNanos(1));
    assertThat(commit(by.direct(challenge))).isNotNull();
  }

  @Test
  void commit_challengeTooLate_isRefusedAndLeavesTheSlot() throws Exception {
    Bytes challenge = epoch.challenge();
    Slot slot = epoch.allocateSlot();
    by.clock.advance(MINUTE);
    CommitRequest request = request(slot, by.direct(challenge));
    assertRefused(() -> epoch.commit(request), Reason.CHALLENGE_EXPIRED);
    assertRefused(() -> epoch.commit(request), Reason.CHALLENGE_UNKNOWN);
    assertThat(EpochChecks.commit(epoch, slot)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-60_000, 0, 60_000})
  void commit_timestampWithinAMinute_isAccepted(long late) throws Exception {
    Bytes challenge = epoch.challenge();
    assertThat(commit(by.direct(challenge, Duration.ofMillis(late)))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-60_001, 60_001, -1_777_636_800_000L, 9_007_000_000_000_000L - 1_777_636_800_000L})
  void commit_timestampFarther_isRefusedAndLeavesSlotAndChallenge(long late) throws Exception {
    Bytes challenge = epoch.challenge();
    Slot slot = epoch.allocateSlot();
    AgencyDraft draft = by.direct(challenge, Duration.ofMillis(late));
    assertRefused(() -> epoch.commit(request(slot, draft)), Reason.AGENCY_TIMESTAMP);
    assertThat(epoch.commit(request(slot, by.direct(challenge)))).isNotNull();
  }

  static List<AgencyFault> faults() {
    return AgencyFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void commit_authorisationBroken_isRefusedAndLeavesSlotAndChallenge(AgencyFault fault)
      throws Exception {
    Bytes challenge = epoch.challenge();
    Slot slot = epoch.allocateSlot();
    AgencyDraft broken =
        fault.in(by.person, DIGEST.toByteArray(), challenge.toByteArray(), by.millis());
    EpochException refusal =
        catchThrowableOfType(EpochException.class, () -> epoch.commit(request(slot, broken)));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.reason().code()).isEqualTo(expected(fault, broken));
    assertThat(epoch.commit(request(slot, by.direct(challenge)))).isNotNull();
  }

  /** The table of challenges is asked first: it is quick, and signatures are not. */
  private static String expected(AgencyFault fault, AgencyDraft broken) {
    if (fault.code().equals(AgencyRejection.CHALLENGE_INVALID.code())) {
      return Reason.CHALLENGE_UNKNOWN.code();
    }
    boolean later = Agencies.read(broken).batch().filter(batch -> batch.index() > 0).isPresent();
    return later ? Reason.AGENCY_BATCH_NOT_BEGUN.code() : fault.code();
  }

  @ParameterizedTest
  @EnumSource
  void reason_ofEachRejection_hasItsCode(AgencyRejection rejection) {
    String expected =
        rejection == AgencyRejection.INTENT_MISMATCH ? "intent-mismatch" : rejection.code();
    assertThat(Reason.of(rejection).code()).isEqualTo(expected);
  }

  @Test
  void commit_slotUnknownOrUsed_leavesTheChallenge() throws Exception {
    Bytes challenge = epoch.challenge();
    Slot used = epoch.allocateSlot();
    assertThat(EpochChecks.commit(epoch, used)).isNotNull();
    AgencyDraft draft = by.direct(challenge);
    assertRefused(() -> epoch.commit(request(used, draft)), Reason.SLOT_UNKNOWN);
    assertThat(commit(draft)).isNotNull();
  }

  @Test
  void commit_requestTooLarge_leavesSlotAndChallenge() throws Exception {
    Bytes challenge = epoch.challenge();
    Slot slot = epoch.allocateSlot();
    assertRefused(
        () -> epoch.commit(request(slot, by.direct(challenge).provider("p".repeat(1025)))),
        Reason.REQUEST_TOO_LARGE);
    List<Bytes> many = Collections.nCopies(1500, DIGEST);
    assertRefused(
        () -> epoch.commit(request(slot, by.direct(challenge).batch(0, Authorizing.arrays(many)))),
        Reason.REQUEST_TOO_LARGE);
    assertThat(epoch.commit(request(slot, by.direct(challenge).provider("p".repeat(1024)))))
        .isNotNull();
  }

  @Test
  void commit_signerFails_consumesSlotAndChallenge() throws Exception {
    AgencyDraft draft = by.direct(epoch.challenge());
    Slot slot = epoch.allocateSlot();
    by.signer.script(
        (call, operation, honest) -> {
          throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "down");
        });
    assertRefused(() -> epoch.commit(request(slot, draft)), Reason.SIGNER_FAILED);
    by.signer.script(ScriptedSigner.HONEST);
    assertRefused(() -> epoch.commit(request(slot, draft)), Reason.CHALLENGE_UNKNOWN);
    assertRefused(() -> EpochChecks.commit(epoch, slot), Reason.SLOT_UNKNOWN);
  }

  @Test
  void challenge_signerFailsOrRepeatsItself_isRefused() throws Exception {
    byte[] same = new byte[32];
    by.signer.script((call, operation, honest) -> same);
    assertThat(epoch.challenge()).isEqualTo(Bytes.of(same));
    assertRefused(epoch::challenge, Reason.SIGNER_FAILED);
    by.signer.script((call, operation, honest) -> new byte[31]);
    assertRefused(epoch::challenge, Reason.SIGNER_FAILED);
  }

  @Test
  void challenge_afterClose_isRefused() {
    epoch.close();
    assertRefused(epoch::challenge, Reason.CLOSED);
  }

  @Test
  void challenge_beyond500_isRefusedUntilOneIsSpentOrExpired() throws Exception {
    List<Bytes> challenges = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      challenges.add(epoch.challenge());
      by.clock.advance(Duration.ofMillis(1));
    }
    int calls = by.signer.calls();
    assertRefused(epoch::challenge, Reason.TOO_MANY_CHALLENGES);
    assertThat(by.signer.calls()).as("the signer was not asked").isEqualTo(calls);
    assertThat(commit(by.direct(challenges.get(499)))).isNotNull();
    assertThat(epoch.challenge()).isNotNull();
    assertRefused(epoch::challenge, Reason.TOO_MANY_CHALLENGES);
    by.clock.advance(MINUTE.minusMillis(499)); // the first two are due
    assertThat(epoch.challenge()).isNotNull();
    assertThat(epoch.challenge()).isNotNull();
    assertRefused(epoch::challenge, Reason.TOO_MANY_CHALLENGES);
  }

  @Test
  void challenge_openBatches_countAsChallenges() throws Exception {
    Batch batch = by.batch(THREE);
    for (int i = 1; i < 500; i++) {
      assertThat(epoch.challenge()).isNotNull();
    }
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    assertRefused(epoch::challenge, Reason.TOO_MANY_CHALLENGES);
    assertThat(epoch.commit(by.place(batch, 2))).isNotNull();
    assertThat(epoch.commit(by.place(batch, 1))).isNotNull();
    assertThat(epoch.challenge()).as("the batch is complete").isNotNull();
  }

  @Test
  void commit_batch_eachPlaceOnce() throws Exception {
    Batch batch = by.batch(THREE);
    List<Proof> proofs = new ArrayList<>();
    proofs.add(epoch.commit(by.place(batch, 0)));
    Slot slot = epoch.allocateSlot();
    assertRefused(() -> epoch.commit(by.place(batch, 0, slot)), Reason.AGENCY_BATCH_REPEATED);
    proofs.add(epoch.commit(by.place(batch, 2, slot)));
    Slot next = epoch.allocateSlot();
    assertRefused(() -> epoch.commit(by.place(batch, 2, next)), Reason.AGENCY_BATCH_REPEATED);
    proofs.add(epoch.commit(by.place(batch, 1, next)));
    assertRefused(() -> epoch.commit(by.place(batch, 1)), Reason.CHALLENGE_UNKNOWN);
    assertSoundChain(epoch, proofs);
    assertThat(proofs).extracting(Proof::artifactDigest).containsExactly(DIGEST, THIRD, SECOND);
  }

  @Test
  void commit_batchOfOne_spendsTheChallenge() throws Exception {
    Batch batch = by.batch(List.of(DIGEST));
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    assertRefused(() -> epoch.commit(by.place(batch, 0)), Reason.CHALLENGE_UNKNOWN);
  }

  @Test
  void commit_sameDigestTwiceInABatch_hasTwoPlaces() throws Exception {
    Batch batch = by.batch(List.of(DIGEST, DIGEST));
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    assertThat(epoch.commit(by.place(batch, 1))).isNotNull();
  }

  @Test
  void commit_laterPlaceFirst_isRefusedAndLeavesSlotAndChallenge() throws Exception {
    Batch batch = by.batch(THREE);
    Slot slot = epoch.allocateSlot();
    assertRefused(() -> epoch.commit(by.place(batch, 1, slot)), Reason.AGENCY_BATCH_NOT_BEGUN);
    assertThat(epoch.commit(by.place(batch, 0, slot))).isNotNull();
  }

  @Test
  void commit_slotUnknownInABatch_leavesThePlace() throws Exception {
    Batch batch = by.batch(THREE);
    Slot used = epoch.allocateSlot();
    assertThat(epoch.commit(by.place(batch, 0, used))).isNotNull();
    assertRefused(() -> epoch.commit(by.place(batch, 1, used)), Reason.SLOT_UNKNOWN);
    assertThat(epoch.commit(by.place(batch, 1))).isNotNull();
  }

  @Test
  void commit_anotherListForABegunBatch_isRefused() throws Exception {
    Batch batch = by.batch(List.of(DIGEST, SECOND));
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    for (List<Bytes> list : List.of(THREE, List.of(DIGEST, THIRD))) {
      CommitRequest later = by.place(batch.claiming(list), list.size() - 1);
      assertRefused(() -> epoch.commit(later), Reason.AGENCY_BATCH_CHANGED);
    }
    assertThat(epoch.commit(by.place(batch, 1))).isNotNull();
  }

  @Test
  void commit_anotherActorOrSignatureForABegunBatch_isRefused() throws Exception {
    Batch batch = by.batch(List.of(DIGEST, SECOND));
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    List<AgencyDraft> others =
        List.of(
            SoftAuthenticator.create()
                .direct(SECOND.toByteArray(), batch.challenge().toByteArray(), by.millis())
                .batch(1, Authorizing.arrays(batch.digests())),
            batch.at(1).provider("another"),
            batch
                .at(1)
                .signature(bytes -> SoftAuthenticator.mirrored(batch.signature().toByteArray())));
    for (AgencyDraft other : others) {
      Slot slot = epoch.allocateSlot();
      assertRefused(() -> epoch.commit(request(slot, SECOND, other)), Reason.AGENCY_BATCH_CHANGED);
    }
    assertRefused(
        () -> epoch.commit(request(epoch.allocateSlot(), by.direct(batch.challenge()))),
        Reason.CHALLENGE_UNKNOWN);
  }

  @Test
  void commit_batchTooLate_isRefused() throws Exception {
    Batch batch = by.batch(THREE);
    by.clock.advance(MINUTE.minusNanos(1));
    assertThat(epoch.commit(by.place(batch, 0))).isNotNull();
    by.clock.advance(MINUTE.minusNanos(1)); // counted from the first place
    assertThat(epoch.commit(by.place(batch, 1))).isNotNull();
    by.clock.advance(Duration.ofNanos(1));
    CommitRequest last = by.place(batch, 2);
    assertRefused(() -> epoch.commit(last), Reason.CHALLENGE_EXPIRED);
    assertRefused(() -> epoch.commit(last), Reason.CHALLENGE_UNKNOWN);
  }
}
