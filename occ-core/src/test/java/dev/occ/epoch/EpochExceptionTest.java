package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.commit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SoftAuthenticator;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpochExceptionTest {
  private final FakeClock clock = new FakeClock();
  private final ScriptedSigner signer = ScriptedSigner.honest();

  /**
   * A new reason fails until it is triggered here; agency, challenges, anchors and floors have
   * tests of their own.
   */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = "(AGENCY|ANCHOR|CHALLENGE|FLOOR|TOO_MANY_CHALL).*")
  void reason_each_isTriggered(Reason reason) throws Exception {
    EpochOptions options =
        EpochOptions.builder().maxPendingSlots(1).maxChains(1).nanoClock(clock).build();
    try (Epoch epoch = Epoch.open(signer, options)) {
      Slot slot = epoch.allocateSlot();
      ThrowingCallable trigger =
          switch (reason) {
            case CLOSED -> () -> allocateAfterClose(epoch);
            case INVALID_CHAIN_ID -> () -> afterUse(epoch, slot, "");
            case TOO_MANY_SLOTS -> epoch::allocateSlot;
            case TOO_MANY_CHAINS -> () -> afterUse(epoch, slot, "second");
            case SLOT_UNKNOWN -> () -> epoch.commit(CommitRequest.of("x", DIGEST));
            case SLOT_EXPIRED -> () -> commitTooLate(epoch, slot);
            case REQUEST_TOO_LARGE -> () -> epoch.commit(tooLarge(slot));
            case INDEX_NAME -> () -> epoch.commit(withIndexName(slot));
            case COUNTER_EXHAUSTED -> () -> new Chain("c", Counter.MAX).nextCounter();
            case SIGNER_FAILED -> () -> commitWithBrokenSigner(epoch, slot);
            case INTENT_MISMATCH -> () -> commitWithoutIntent(epoch, slot);
            default -> throw new AssertionError("nothing here triggers " + reason);
          };
      assertRefused(trigger, reason);
    }
  }

  /** What two requests at once come to, without the luck that it takes to see them at once. */
  @Test
  void reserve_placesPromisedAlready_areCounted() throws Exception {
    SlotTable slots = new SlotTable(EpochOptions.builder().maxPendingSlots(2).build());
    slots.reserve();
    slots.reserve();
    assertRefused(slots::reserve, Reason.TOO_MANY_SLOTS);
    slots.release();
    slots.reserve();
  }

  @Test
  void addChallenge_roomTakenSinceItWasAskedFor_isRefused() throws Exception {
    ChallengeTable challenges = new ChallengeTable(EpochOptions.DEFAULT);
    for (int i = 0; i < 500; i++) {
      challenges.add(Bytes.sha256(new byte[i]));
    }
    assertRefused(() -> challenges.add(Bytes.sha256(new byte[500])), Reason.TOO_MANY_CHALLENGES);
  }

  private static void commitWithoutIntent(Epoch epoch, Slot slot) throws EpochException {
    Bytes challenge = epoch.challenge(DIGEST).challenge();
    long now = Clock.systemUTC().millis();
    AgencyDraft draft =
        SoftAuthenticator.create().direct(DIGEST.toByteArray(), challenge.toByteArray(), now);
    assertThat(epoch.commit(Authorizing.request(slot, draft))).isNull();
  }

  private static void allocateAfterClose(Epoch epoch) throws EpochException {
    epoch.close();
    assertThat(epoch.allocateSlot()).isNull();
  }

  private static void afterUse(Epoch epoch, Slot slot, String chain) throws EpochException {
    assertThat(commit(epoch, slot)).isNotNull();
    assertThat(epoch.allocateSlot(chain)).isNull();
  }

  private void commitTooLate(Epoch epoch, Slot slot) throws EpochException {
    clock.advance(Duration.ofMinutes(2));
    assertThat(commit(epoch, slot)).isNull();
  }

  private static CommitRequest tooLarge(Slot slot) {
    JsonObject metadata = JsonObject.empty().with("x", new JsonString("x".repeat(64 * 1024)));
    return CommitRequest.builder(slot.id(), DIGEST).metadata(metadata).build();
  }

  private static CommitRequest withIndexName(Slot slot) {
    JsonObject metadata = JsonObject.empty().with("10", new JsonString("x"));
    return CommitRequest.builder(slot.id(), DIGEST).metadata(metadata).build();
  }

  private void commitWithBrokenSigner(Epoch epoch, Slot slot) throws EpochException {
    signer.script((call, operation, honest) -> new byte[0]);
    assertThat(commit(epoch, slot)).isNull();
  }

  @Test
  void code_ofEveryReason_isUniqueKebabCase() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }
}
