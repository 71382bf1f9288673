package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.commitOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAnchor;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.testing.Blocks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block of Base that is given with a slot is its floor (spec 10). */
class EpochFloorTest {
  private static final long NOW_BLOCK = 40_000_000;
  private static final String CHAIN = "global";

  private static EpochOptions.Builder options(long secondsAfterBlock) {
    Instant now =
        Instant.ofEpochSecond(
            BaseFloor.GENESIS_TIME + BaseFloor.BLOCK_SECONDS * NOW_BLOCK + secondsAfterBlock);
    return EpochOptions.builder()
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .anchorKey(Blocks.ANCHORER.publicKey())
        .baseFloors(Blocks::keccak);
  }

  private static Epoch open() throws EpochException {
    return Epoch.open(SeededSoftSigner.open(1), options(0).build());
  }

  private static BaseFloor floor(long number) {
    return new BaseFloor(number, Bytes.of(Blocks.keccak(Blocks.baseHeader(number).toByteArray())));
  }

  @Test
  void commit_slotWithABlock_hasItAsSlotFloor() throws Exception {
    try (Epoch epoch = open()) {
      assertThat(epoch.takesBaseFloors()).isTrue();
      Slot slot = epoch.allocateSlot(CHAIN, Blocks.baseHeader(NOW_BLOCK));
      assertThat(slot.floor()).isEqualTo(floor(NOW_BLOCK));
      Proof proof = commit(epoch, slot);
      assertThat(proof.commit().slotFloor()).contains(floor(NOW_BLOCK));
      assertThat(proof.json().get("commit").orElseThrow().toJson())
          .contains(
              "\"slotFloor\":{\"chain\":\"base\",\"evmChainId\":8453,\"blockNumber\":40000000,")
          .contains("\"blockTimestamp\":1766789347}");
      Proof without = commitOn(epoch, CHAIN);
      assertThat(without.commit().floor()).as("given with one slot only").isEqualTo(Floor.NONE);
      assertSoundChain(epoch, List.of(proof, without));
    }
  }

  /** One floor a proof: the block that was given, and with none the newest anchor. */
  @Test
  void allocateSlot_withABlockOnAnAnchoredChain_hasTheBlockOnly() throws Exception {
    try (Epoch epoch = open()) {
      Proof anchor =
          epoch.commit(
              CommitRequest.builder(epoch.allocateSlot().id(), Blocks.block(9).digest())
                  .attribution(Blocks.block(9).attribution("https://etherscan.io"))
                  .anchor(Blocks.claim(9, epoch.id(), CHAIN))
                  .build());
      Proof withBlock = commit(epoch, epoch.allocateSlot(CHAIN, Blocks.baseHeader(NOW_BLOCK)));
      Proof without = commit(epoch, epoch.allocateSlot(CHAIN));
      assertThat(withBlock.commit().hasTwoFloors()).isFalse();
      assertThat(withBlock.commit().floor()).isEqualTo(floor(NOW_BLOCK));
      assertThat(without.commit().floor())
          .isEqualTo(new SlotAnchor(EpochChecks.counter(anchor), Blocks.block(9)));
      assertThat(without.commit().slotFloor()).isEmpty();
    }
  }

  @Test
  void allocateSlot_blocksNotTaken_isRefused() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      assertThat(epoch.takesBaseFloors()).isFalse();
      assertRefused(
          () -> epoch.allocateSlot(CHAIN, Blocks.baseHeader(5)), Reason.FLOOR_UNSUPPORTED);
      assertNothingMade(epoch);
    }
  }

  @Test
  void allocateSlot_notAHeader_isRefusedAndNothingIsMade() throws Exception {
    try (Epoch epoch = open()) {
      for (Bytes header :
          List.of(
              Bytes.of(new byte[0]),
              Bytes.of(new byte[4097]),
              Bytes.of(new byte[] {(byte) 0xC0}),
              Bytes.of(Blocks.rlp(Blocks.items(0, BaseFloor.GENESIS_TIME))),
              Bytes.of(Blocks.rlp(Blocks.items((1L << 53) - 1, 0))))) {
        assertRefused(() -> epoch.allocateSlot("new", header), Reason.FLOOR_HEADER_INVALID);
      }
      assertNothingMade(epoch);
    }
  }

  private static void assertNothingMade(Epoch epoch) throws EpochException {
    assertThat(epoch.pendingSlots()).isZero();
    assertThat(epoch.chainCount()).isZero();
    assertThat(epoch.allocateSlot().allocation().counter()).isEqualTo(Counter.of(1));
  }

  @Test
  void allocateSlot_timeOffTheSchedule_isRefused() throws Exception {
    try (Epoch epoch = open()) {
      for (long off : new long[] {-2, -1, 1, 2}) {
        long time = BaseFloor.GENESIS_TIME + BaseFloor.BLOCK_SECONDS * NOW_BLOCK + off;
        Bytes header = Bytes.of(Blocks.rlp(Blocks.items(NOW_BLOCK, time)));
        assertRefused(() -> epoch.allocateSlot(CHAIN, header), Reason.FLOOR_OFF_SCHEDULE);
      }
      assertNothingMade(epoch);
    }
  }

  @Test
  void allocateSlot_blockAheadOfTheClock_isTakenUpToTwoSeconds() throws Exception {
    for (long behind : new long[] {0, 1, 2}) {
      try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), options(-behind).build())) {
        assertThat(epoch.allocateSlot(CHAIN, Blocks.baseHeader(NOW_BLOCK)).floor())
            .isEqualTo(floor(NOW_BLOCK));
      }
    }
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), options(-3).build())) {
      assertRefused(
          () -> epoch.allocateSlot(CHAIN, Blocks.baseHeader(NOW_BLOCK)),
          Reason.FLOOR_AHEAD_OF_CLOCK);
      assertRefused( // nor can one absurd block keep all others out
          () -> epoch.allocateSlot(CHAIN, Blocks.baseHeader(BaseFloor.MAX_NUMBER)),
          Reason.FLOOR_AHEAD_OF_CLOCK);
      assertNothingMade(epoch);
    }
  }

  @Test
  void allocateSlot_blockBelowTheChainsLast_isRefusedOnThatChain() throws Exception {
    try (Epoch epoch = open()) {
      Slot first = epoch.allocateSlot("a", Blocks.baseHeader(100));
      assertRefused(() -> epoch.allocateSlot("a", Blocks.baseHeader(99)), Reason.FLOOR_BELOW_LAST);
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      Slot same = epoch.allocateSlot("a", Blocks.baseHeader(100));
      assertThat(same.allocation().counter())
          .as("a refusal takes no counter")
          .isEqualTo(Counter.of(first.allocation().counter().bits() + 1));
      assertThat(epoch.allocateSlot("b", Blocks.baseHeader(99)).floor()).isEqualTo(floor(99));
      assertThat(epoch.allocateSlot("a", Blocks.baseHeader(101)).floor()).isEqualTo(floor(101));
    }
  }

  @Test
  void baseFloors_anotherHash_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EpochOptions.builder().baseFloors(data -> Bytes.sha256(data).toByteArray()));
  }
}
