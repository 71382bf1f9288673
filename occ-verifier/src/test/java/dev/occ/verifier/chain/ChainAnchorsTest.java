package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAnchor;
import dev.occ.verifier.AnchorReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anchors that clients write beside authenticated ones, and the floors of slots (spec 10). */
class ChainAnchorsTest {
  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history).anchoredFrom(100);

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void clientsAnchor_besideAuthenticatedOnes_isNamedAndBoundsNothing() throws ChainException {
    chain.anchor(); // 2: block 100
    chain.good(); // 4
    claim(chain, 7, "old"); // 6
    claim(chain, 900, "not mined yet"); // 8
    chain.anchor(); // 10: block 101
    ChainReport report = verify();

    assertThat(report.isSound()).isTrue();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.ANCHOR_NOT_AUTHENTICATED);
    assertThat(report.found(FaultReason.ANCHOR_NOT_AUTHENTICATED).shown())
        .extracting(fault -> fault.counter().orElseThrow())
        .containsExactly(at(6), at(8));
    assertThat(report.anchorFindingCount()).isEqualTo(2);
    assertThat(report.faultCount()).isZero();
    ChainSummary summary = only(report);
    assertThat(summary.anchors()).isEqualTo(2);
    assertThat(summary.anchorsAuthenticated()).isTrue();
    assertThat(summary.anchorsIgnored()).isEqualTo(2);
    AnchorBounds bounds = summary.boundsOf(at(8)).orElseThrow();
    assertThat(bounds.madeAfter()).contains(at(100));
    assertThat(bounds.sealedBefore()).contains(at(101));
    assertThat(bounds.authenticated()).isTrue();
    assertThat(summary.firstBlock()).contains(at(100));
    assertThat(summary.lastBlock()).contains(at(101));
  }

  @Test
  void clientsAnchor_onAnotherChainOfAnEpochWithAuthenticatedOnes_boundsNothing()
      throws ChainException {
    chain.anchor();
    LedgerChain other = new LedgerChain(epoch, "other", history);
    claim(other, 7, "old");
    other.good();
    ChainReport report = verify();
    assertThat(report.count(FaultReason.ANCHOR_NOT_AUTHENTICATED)).isEqualTo(1);
    ChainSummary summary = report.epochs().shown().get(0).chains().shown().get(1);
    assertThat(summary.id().chain()).isEqualTo("other");
    assertThat(summary.anchors()).isZero();
    assertThat(summary.boundsOf(at(4)).orElseThrow().madeAfter()).isEmpty();
  }

  /** The slot shows that there are authenticated anchors, though none of them was given. */
  @Test
  void clientsAnchor_besideASlotWithAnAnchor_boundsNothing() throws ChainException {
    chain.skip(2);
    chain.give(chain.advance(chain.plan().floors(new SlotAnchor(at(2), chain.block(0)))));
    claim(chain, 900, "not mined yet");
    ChainReport report = verify();
    assertThat(report.count(FaultReason.ANCHOR_NOT_AUTHENTICATED)).isEqualTo(1);
    assertThat(only(report).anchors()).isZero();
  }

  @Test
  void clientsAnchors_inAnEpochWithoutAuthenticatedOnes_boundAndAreSaidNotToBe()
      throws ChainException {
    claim(chain, 7, "seven"); // 2
    chain.good(); // 4
    claim(chain, 5, "five"); // 6, backwards
    claim(chain, 7, "another seven"); // 8, a conflict
    ChainReport report = verify();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.ANCHOR_BACKWARDS, FaultReason.ANCHOR_CONFLICT);
    assertThat(report.findings().values())
        .allMatch(list -> list.shown().get(0).detail().orElse("").equals("not-authenticated"));
    EpochSummary summary = report.epochs().shown().get(0);
    assertThat(summary.place()).isEqualTo(EpochPlace.CLAIMED);
    assertThat(summary.anchorsAuthenticated()).isFalse();
    AnchorBounds bounds = only(report).boundsOf(at(4)).orElseThrow();
    assertThat(bounds.madeAfter()).contains(at(7));
    assertThat(bounds.authenticated()).isFalse();
  }

  @Test
  void oldBlockOfAClient_inTheLaterOfTwoAnchoredEpochs_turnsNothingRound() throws ChainException {
    chain.anchor(); // block 100
    chain.good();
    try (LedgerEpoch next = new LedgerEpoch("a later epoch", 2)) {
      LedgerChain later = new LedgerChain(next, "global", history).anchoredFrom(200);
      claim(later, 1, "old");
      LedgerEpoch.Plan plan = later.plan();
      later.give(later.advance(plan));
      later.anchor();
      ChainReport report = verify();
      assertThat(report.isSound()).isTrue();
      assertThat(report.epochs().shown())
          .extracting(
              shown -> shown.publicKey(), EpochSummary::place, shown -> shown.firstBlock().get())
          .containsExactly(
              tuple(epoch.publicKey(), EpochPlace.ANCHORED, at(100)),
              tuple(next.publicKey(), EpochPlace.ANCHORED, at(200)));
    }
  }

  @Test
  void oldBlockOfAClient_inAnEpochThatNamesTheOneBefore_isNoConflict() throws ChainException {
    chain.anchor(); // block 100
    try (LedgerEpoch next = new LedgerEpoch("a later epoch", 2)) {
      LedgerChain later = new LedgerChain(next, "global", history);
      LedgerEpoch.Plan plan = later.plan().claim(block(1, "old"));
      plan.epochLink = Optional.of(next.linkTo(epoch, 9));
      later.give(later.advance(plan));
      ChainReport report = verify();
      assertThat(report.isSound()).isTrue();
      assertThat(report.epochs().shown())
          .extracting(EpochSummary::publicKey)
          .containsExactly(epoch.publicKey(), next.publicKey());
    }
  }

  @Test
  void authenticatedAnchors_thatContradictEachOther_leaveTheLinksSound() throws ChainException {
    chain.give(chain.advance(chain.plan().anchor(block(100, "one")))); // 2
    chain.give(chain.advance(chain.plan().anchor(block(100, "two")))); // 4
    chain.give(chain.advance(chain.plan().anchor(block(99, "three")))); // 6
    ChainReport report = verify();
    assertThat(report.isSound()).isTrue();
    assertThat(only(report).ranges().total()).isEqualTo(1);
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.ANCHOR_BACKWARDS, FaultReason.ANCHOR_CONFLICT);
    assertThat(report.findings().values())
        .allMatch(list -> list.shown().get(0).detail().orElse("").equals("authenticated"));
    assertThat(report.anchorFindingCount()).isEqualTo(2);
  }

  /** However many contradictions clients write, those of authenticated anchors are shown first. */
  @Test
  void contradictions_ofClients_hideNoneOfAuthenticatedAnchors() throws ChainException {
    try (LedgerEpoch other = new LedgerEpoch("without authenticated anchors", 2)) {
      LedgerChain claims = new LedgerChain(other, "global", history);
      for (int i = 1; i <= 20; i++) {
        claim(claims, i, "one " + i);
        claim(claims, i, "another " + i);
      }
      chain.give(chain.advance(chain.plan().anchor(block(100, "one"))));
      chain.give(chain.advance(chain.plan().anchor(block(100, "two"))));
      ChainReport report =
          Histories.verify(Histories.builder().maxFaultsPerReason(1), history.documents);
      assertThat(report.count(FaultReason.ANCHOR_CONFLICT)).isEqualTo(21);
      assertThat(report.found(FaultReason.ANCHOR_CONFLICT).shown())
          .extracting(fault -> fault.detail().orElse(""))
          .containsExactly("authenticated");
    }
  }

  @Test
  void anchorVisitor_blockOfBothKinds_isShownOnceAsTheAuthenticatedOne() throws ChainException {
    claim(chain, 50, "by a client"); // ignored
    claim(chain, 100, "block 100");
    chain.anchor(); // block 100
    try (LedgerEpoch other = new LedgerEpoch("without authenticated anchors", 2)) {
      claim(new LedgerChain(other, "global", history), 60, "by a client");
      List<String> seen = new ArrayList<>();
      ChainReport report =
          Histories.verify(
              Histories.builder()
                  .anchorVisitor(
                      placed ->
                          seen.add(
                              placed.anchor().blockNumber()
                                  + (placed.anchor().authenticated() ? " authenticated" : "")
                                  + (placed.bounding() ? " bounding" : ""))),
              history.documents);
      assertThat(report.isSound()).isTrue();
      assertThat(seen).containsExactly("50", "60 bounding", "100 authenticated bounding");
    }
  }

  @Test
  void slotAnchors_thatRepeatTheAnchor_boundEachRecord() throws ChainException {
    chain.anchor(); // 2
    SlotAnchor first = new SlotAnchor(at(2), chain.block(0));
    chain.give(chain.advance(chain.plan().floors(first))); // slot 3
    chain.give(chain.advance(chain.plan().floors(first))); // slot 5
    chain.anchor(); // 8
    SlotAnchor second = new SlotAnchor(at(8), chain.block(1));
    chain.give(chain.advance(chain.plan().floors(second))); // slot 9
    ChainReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(only(report).floors().shown())
        .containsExactly(
            new FloorBounds(at(3), at(5), 2, first), new FloorBounds(at(9), at(9), 1, second));
  }

  @Test
  void slotAnchor_ofAnotherBlockThanItsAnchor_isAMismatch() throws ChainException {
    chain.anchor(); // 2
    floors(new SlotAnchor(at(2), block(100, "another")));
    assertOnly(FaultReason.SLOT_ANCHOR_MISMATCH, 4);
  }

  @Test
  void slotAnchor_ofAnotherNumberThanItsAnchor_isAMismatch() throws ChainException {
    chain.anchor(); // 2
    floors(new SlotAnchor(at(2), new AnchoredBlock(101, chain.block(0).hash())));
    assertOnly(FaultReason.SLOT_ANCHOR_MISMATCH, 4);
  }

  @Test
  void slotAnchor_thoughANewerAnchorIsThere_isAMismatch() throws ChainException {
    chain.anchor(); // 2
    chain.anchor(); // 4
    floors(new SlotAnchor(at(2), chain.block(0)));
    assertOnly(FaultReason.SLOT_ANCHOR_MISMATCH, 6);
  }

  @Test
  void slotAnchor_whoseAnchorIsOfAnotherChainOrNotGiven_isNoMismatch() throws ChainException {
    chain.anchor(); // 2
    LedgerChain other = new LedgerChain(epoch, "other", history);
    other.skip(2);
    other.give(other.advance(other.plan().floors(new SlotAnchor(at(2), block(7, "other")))));
    assertThat(verify().findings()).isEmpty();
  }

  /** Slots may be used in another order than they were made in. */
  @Test
  void baseFloors_riseWithTheSlotsAndNotWithTheCommits() throws ChainException {
    chain.skip(2); // slots 1 and 2
    LedgerEpoch.Plan second = new LedgerEpoch.Plan("global", 2, 3).floors(base(11));
    chain.give(chain.advance(second));
    LedgerEpoch.Plan first = new LedgerEpoch.Plan("global", 1, 4).floors(base(10));
    chain.give(chain.advance(first.prev(chain.prev())));
    ChainReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(only(report).floors().shown())
        .containsExactly(
            new FloorBounds(at(1), at(1), 1, base(10)), new FloorBounds(at(2), at(2), 1, base(11)));
  }

  @Test
  void baseFloor_thatGoesBackOnItsChain_isAFindingAndLeavesTheLinksSound() throws ChainException {
    floors(base(11)); // 2
    floors(base(10)); // 4
    floors(base(11)); // 6
    LedgerChain other = new LedgerChain(epoch, "other", history);
    other.give(other.advance(other.plan().floors(base(1))));
    assertOnly(FaultReason.FLOOR_BACKWARDS, 4);
  }

  @Test
  void baseFloors_ofOneNumberAndTwoHashes_areAConflict() throws ChainException {
    floors(base(11));
    floors(new BaseFloor(11, LedgerEpoch.sha256("another")));
    assertOnly(FaultReason.FLOOR_CONFLICT, 4);
  }

  @Test
  void twoFloorsOfOneProof_boundNothing() throws ChainException {
    chain.skip(2);
    floors(new SlotAnchor(at(1), block(7, "seven")), base(11)); // 4
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FLOOR_AMBIGUOUS);
    assertThat(report.isSound()).isTrue();
    assertThat(only(report).floors().total()).isZero();
  }

  @Test
  void floors_ofCopies_countOnce() throws ChainException {
    floors(base(11));
    history.documents.add(history.documents.get(0));
    floors(base(10));
    history.documents.add(history.documents.get(2));
    ChainReport report = verify();
    assertThat(report.count(FaultReason.FLOOR_BACKWARDS)).isEqualTo(1);
    assertThat(only(report).floors().shown()).extracting(FloorBounds::proofs).containsOnly(1L);
  }

  @Test
  void floors_moreThanAreListed_areCounted() throws ChainException {
    FloorWalk walk =
        new FloorWalk(new ChainIndex(1).chain(ChainKey.of(chain.good())), new Findings(1), 2);
    for (int i = 1; i <= 5; i++) {
      LinkRecord record =
          LinkRecord.of(
              epoch.sign(new LedgerEpoch.Plan("global", i, i + 10)),
              0,
              new Source(0, 0),
              new AnchorReading.NotAnAnchor());
      walk.accept(FloorRow.ofFloor(base(1 + i / 2), false, record).orElseThrow());
    }
    assertThat(walk.bounds().total()).isEqualTo(3);
    assertThat(walk.bounds().shown())
        .containsExactly(
            new FloorBounds(at(1), at(1), 1, base(1)), new FloorBounds(at(2), at(3), 2, base(2)));
  }

  private void floors(Floor... floors) {
    chain.give(chain.advance(chain.plan().floors(floors)));
  }

  private void assertOnly(FaultReason reason, long counter) throws ChainException {
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(reason);
    assertThat(report.found(reason).shown())
        .extracting(fault -> fault.counter().orElseThrow())
        .containsExactly(at(counter));
    assertThat(report.isSound()).isTrue();
    assertThat(report.anchorFindingCount()).isEqualTo(1);
  }

  private static void claim(LedgerChain chain, long number, String hash) {
    chain.give(chain.advance(chain.plan().claim(block(number, hash))));
  }

  private static AnchoredBlock block(long number, String hash) {
    return new AnchoredBlock(number, LedgerEpoch.sha256(hash));
  }

  private static BaseFloor base(long number) {
    return new BaseFloor(number, LedgerEpoch.sha256("base " + number));
  }

  private ChainReport verify() throws ChainException {
    ChainReport report = history.verify();
    List<byte[]> shuffled = new ArrayList<>(history.documents);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(Histories.verify(Histories.builder(), shuffled)).isEqualTo(report);
    return report;
  }

  private static ChainSummary only(ChainReport report) {
    return report.epochs().shown().get(0).chains().shown().get(0);
  }

  private static Counter at(long counter) {
    return Counter.of(counter);
  }
}
