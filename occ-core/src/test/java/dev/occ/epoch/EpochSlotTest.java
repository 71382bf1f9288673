package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.commitOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SeededSoftSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots are single-use, expire, and are bounded in number; chains are bounded (spec 5). */
class EpochSlotTest {
  private final FakeClock clock = new FakeClock();

  private Epoch open(EpochOptions.Builder options) throws EpochException {
    return Epoch.open(SeededSoftSigner.open(1), options.nanoClock(clock).build());
  }

  @Test
  void commit_slotUsedOrNeverMade_isUnknown() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder())) {
      Slot slot = epoch.allocateSlot();
      Proof proof = commit(epoch, slot);
      assertRefused(() -> commit(epoch, slot), Reason.SLOT_UNKNOWN);
      for (String id : List.of("", "x", slot.id() + " ", slot.id().substring(1))) {
        assertRefused(() -> epoch.commit(CommitRequest.of(id, DIGEST)), Reason.SLOT_UNKNOWN);
      }
      Proof next = commitOn(epoch, "global");
      assertThat(next.commit().counter()).as("refusals take no counter").contains(Counter.of(4));
      assertSoundChain(epoch, List.of(proof, next));
    }
  }

  @Test
  void commit_slotOfAnotherEpoch_isUnknown() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder());
        Epoch other = Epoch.open(SeededSoftSigner.open(2))) {
      Slot slot = other.allocateSlot();
      assertRefused(() -> commit(epoch, slot), Reason.SLOT_UNKNOWN);
      assertThat(other.pendingSlots()).isEqualTo(1);
    }
  }

  @Test
  void commit_untilTheLastNanosecond_worksAndThenTheSlotIsExpired() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder())) {
      Slot inTime = epoch.allocateSlot();
      Slot late = epoch.allocateSlot();
      clock.advance(Duration.ofMinutes(2).minusNanos(1));
      assertThat(epoch.pendingSlots()).isEqualTo(2);
      Proof proof = commit(epoch, inTime);
      clock.advance(Duration.ofNanos(1));
      assertRefused(() -> commit(epoch, late), Reason.SLOT_EXPIRED);
      assertRefused(() -> commit(epoch, late), Reason.SLOT_UNKNOWN);
      assertThat(epoch.pendingSlots()).isZero();
      assertSoundChain(epoch, List.of(proof, commitOn(epoch, "global")));
    }
  }

  @Test
  void pendingSlots_someExpired_countsTheOthers() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder().slotTtl(Duration.ofSeconds(10)))) {
      Slot old = epoch.allocateSlot();
      clock.advance(Duration.ofSeconds(6));
      Slot young = epoch.allocateSlot("other");
      clock.advance(Duration.ofSeconds(6));
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      assertRefused(() -> commit(epoch, old), Reason.SLOT_UNKNOWN);
      assertThat(commit(epoch, young).commit().chain()).isEqualTo("other");
    }
  }

  @Test
  void allocateSlot_asManyAsAllowed_isRefusedUntilOneIsUsedOrExpired() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder().maxPendingSlots(3))) {
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        slots.add(epoch.allocateSlot());
      }
      assertRefused(epoch::allocateSlot, Reason.TOO_MANY_SLOTS);
      assertRefused(() -> epoch.allocateSlot("new"), Reason.TOO_MANY_SLOTS);
      assertThat(epoch.chainCount()).as("a refused slot starts no chain").isEqualTo(1);
      Proof proof = commit(epoch, slots.get(1));
      Slot another = epoch.allocateSlot();
      assertThat(another.allocation().counter()).isEqualTo(Counter.of(5));
      assertRefused(epoch::allocateSlot, Reason.TOO_MANY_SLOTS);
      clock.advance(Duration.ofMinutes(2));
      assertThat(epoch.allocateSlot().allocation().counter()).isEqualTo(Counter.of(6));
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      assertSoundChain(epoch, List.of(proof));
    }
  }

  @Test
  void allocateSlot_onMoreChainsThanAllowed_isRefusedForNewOnesOnly() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder().maxChains(2))) {
      Proof first = commitOn(epoch, "a");
      Proof other = commitOn(epoch, "global");
      assertRefused(() -> epoch.allocateSlot("b"), Reason.TOO_MANY_CHAINS);
      assertThat(epoch.pendingSlots()).isZero();
      assertThat(epoch.chainCount()).isEqualTo(2);
      assertSoundChain(epoch, List.of(first, commitOn(epoch, "a")));
      assertSoundChain(epoch, List.of(other, commit(epoch, epoch.allocateSlot())));
    }
  }

  @Test
  void allocateSlot_refusedManyTimes_losesNoPlace() throws Exception {
    try (Epoch epoch = open(EpochOptions.builder().maxPendingSlots(1).maxChains(1))) {
      Slot slot = epoch.allocateSlot();
      assertSoundChain(epoch, List.of(commit(epoch, slot)));
      for (int i = 0; i < 10; i++) {
        assertRefused(() -> epoch.allocateSlot("b"), Reason.TOO_MANY_CHAINS);
        assertRefused(() -> epoch.allocateSlot(""), Reason.INVALID_CHAIN_ID);
      }
      assertThat(epoch.allocateSlot().allocation().counter()).isEqualTo(Counter.of(3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud83d", "a\ude00", "12345678901"})
  void allocateSlot_chainNameThatIsEmptyLongOrIllFormed_isRefused(String name) throws Exception {
    try (Epoch epoch = open(EpochOptions.builder().maxTextLength(10))) {
      assertRefused(() -> epoch.allocateSlot(name), Reason.INVALID_CHAIN_ID);
      assertThat(epoch.chainCount()).isZero();
      assertThat(epoch.pendingSlots()).isZero();
      assertThat(epoch.allocateSlot("1234567890").chainId()).isEqualTo("1234567890");
    }
  }

  @Test
  void allocateSlot_signerRepeatsANonce_isRefusedAndTheFirstSlotStays() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      signer.script(
          (call, operation, honest) ->
              operation == ScriptedSigner.Operation.RANDOM ? new byte[32] : honest);
      Slot slot = epoch.allocateSlot();
      assertRefused(epoch::allocateSlot, Reason.SIGNER_FAILED);
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      assertSoundChain(epoch, List.of(commit(epoch, slot)));
    }
  }
}
