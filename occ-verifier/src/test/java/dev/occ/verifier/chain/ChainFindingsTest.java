package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finding says beyond its reason: where, how many sources, and what is not reported. */
class ChainFindingsTest {
  private static final int MANY = Finding.MAX_SOURCES + 2;
  private static final Optional<Bytes> WITHHELD = Optional.of(LedgerEpoch.sha256("withheld"));

  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history).anchoredFrom(100);

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void duplicates_many_areCountedAndSomeNamed() throws ChainException {
    Proof proof = chain.good();
    for (int i = 0; i < MANY; i++) {
      chain.give(proof);
    }
    assertMany(verify(), FaultReason.DUPLICATE);
  }

  @Test
  void alteredCopies_many_areCountedAndSomeNamed() throws ChainException {
    Proof proof = chain.good();
    for (int i = 1; i < MANY; i++) {
      chain.give(LedgerChain.with(proof.json(), "metadata", "note", "copy " + i));
    }
    assertMany(verify(), FaultReason.ALTERED_COPY);
  }

  @Test
  void forksOfTwoPredecessors_areTwoForksWithTheirOwnSources() throws ChainException {
    Optional<Bytes> first = Optional.of(chain.good().sealedHash()); // 2
    for (int i = 0; i < MANY; i++) {
      chain.give(chain.advance(chain.plan().prev(first)));
    }
    Optional<Bytes> second = chain.prev(); // 26
    for (int i = 0; i < 2; i++) {
      chain.give(chain.advance(chain.plan().prev(second)));
    }
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FORK_PREV);
    List<ChainFault> forks = report.found(FaultReason.FORK_PREV).shown();
    assertThat(forks).extracting(fork -> fork.after().orElseThrow()).containsExactly(at(2), at(26));
    assertThat(forks)
        .extracting(fork -> fork.counter().orElseThrow())
        .containsExactly(at(4), at(28));
    assertThat(forks).extracting(fork -> fork.sources().total()).containsExactly(MANY * 1L, 2L);
    assertThat(forks)
        .extracting(fork -> fork.sources().shown().size())
        .containsExactly(Finding.MAX_SOURCES, 2);
  }

  @Test
  void forkOfAnotherChainsProof_hasNoPlaceOnItsOwn() throws ChainException {
    Optional<Bytes> foreign = Optional.of(chain.good().sealedHash());
    LedgerChain other = new LedgerChain(epoch, "other", history);
    other.good();
    other.give(other.advance(other.plan().prev(foreign)));
    other.give(other.advance(other.plan().prev(foreign)));
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FORK_PREV, FaultReason.FOREIGN_LINK);
    assertThat(report.count(FaultReason.FOREIGN_LINK)).isEqualTo(2);
    assertThat(only(report, FaultReason.FORK_PREV).after()).isEmpty();
  }

  @Test
  void proofsOfTwoChainsThatNameOneProof_areNoForkOfEither() throws ChainException {
    Optional<Bytes> foreign = Optional.of(chain.good().sealedHash());
    for (String name : List.of("one", "other")) {
      LedgerChain naming = new LedgerChain(epoch, name, history);
      naming.good(name.length()); // so that their counters differ
      naming.give(naming.advance(naming.plan().prev(foreign)));
    }
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FOREIGN_LINK);
    assertThat(report.count(FaultReason.FOREIGN_LINK)).isEqualTo(2);
  }

  @Test
  void twinsWhosePredecessorIsMissing_areOneGapAndOneForkOfTheirCounter() throws ChainException {
    chain.good();
    chain.skip(2);
    LedgerEpoch.Plan twin = chain.plan().prev(WITHHELD);
    chain.give(epoch.sign(twin));
    twin.artifact = "twin";
    chain.give(epoch.sign(twin));
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_COUNTER);
    assertThat(report.count(FaultReason.GAP)).isEqualTo(1);
    assertThat(only(report, FaultReason.FORK_COUNTER).sources().shown()).hasSize(2);
    assertThat(onlyChain(report).proofs()).isEqualTo(3);
  }

  @Test
  void forkOfAMissingPredecessor_leavesWhatIsBeforeItLinked() throws ChainException {
    chain.skip(2);
    chain.give(chain.advance(chain.plan().anchor(chain.block(0)).prev(WITHHELD))); // 4
    chain.good(); // 6
    chain.give(chain.advance(chain.plan().prev(WITHHELD))); // 8
    ChainReport report = verify();
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.MISSING_START, FaultReason.FORK_PREV);
    assertThat(onlyChain(report).bounds().shown())
        .extracting(AnchorBounds::first, AnchorBounds::last, AnchorBounds::madeAfterLinked)
        .containsExactly(tuple(at(4), at(6), true), tuple(at(8), at(8), false));
  }

  /**
   * The proofs at one counter come in the order of their hashes; the last ones are not followed.
   */
  @Test
  void successorOfATwinThatIsNotFollowed_leavesNothingOut() throws ChainException {
    chain.good();
    LedgerEpoch.Plan plan = chain.plan();
    Proof last = epoch.sign(plan);
    for (int i = 0; i < Place.MAX_MEMBERS + 1; i++) {
      plan.artifact = "twin " + i;
      Proof twin = chain.give(epoch.sign(plan));
      last =
          i == 0 || twin.proofHash().toHex().compareTo(last.proofHash().toHex()) > 0 ? twin : last;
    }
    chain.skip(2);
    chain.give(epoch.sign(chain.plan().prev(Optional.of(last.sealedHash()))));
    assertThat(verify().findings()).containsOnlyKeys(FaultReason.FORK_COUNTER);
  }

  @Test
  void predecessorAtTheSameCounter_isNotBelow() throws ChainException {
    chain.good();
    LedgerEpoch.Plan twin = chain.plan();
    Optional<Bytes> first = Optional.of(chain.good().sealedHash());
    twin.artifact = "twin";
    chain.give(epoch.sign(twin.prev(first)));
    ChainReport report = verify();
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.FORK_COUNTER, FaultReason.COUNTER_NOT_INCREASING);
    assertThat(only(report, FaultReason.COUNTER_NOT_INCREASING).counter()).contains(at(4));
  }

  @Test
  void proofWithoutCounter_mayNotNameAnotherChainEither() throws ChainException {
    Optional<Bytes> foreign = Optional.of(chain.good().sealedHash());
    LedgerChain other = new LedgerChain(epoch, "other", history);
    other.give(epoch.sign(new LedgerEpoch.Plan("other", -1, -1).prev(foreign)));
    assertThat(verify().findings())
        .containsOnlyKeys(FaultReason.COUNTER_MISSING, FaultReason.FOREIGN_LINK);
  }

  @Test
  void linkIntoAnEpochOfTheSameIdOrKey_isNoFaultOfItsOwn() throws ChainException {
    Optional<Bytes> prev = Optional.of(chain.good().sealedHash());
    try (LedgerEpoch impostor = epoch.impostor(2)) {
      history.document(impostor.sign(new LedgerEpoch.Plan("global", 3, 4).prev(prev)).json());
      assertThat(verify().findings()).containsOnlyKeys(FaultReason.FOREIGN_KEY);
      history.document(
          epoch.renamed("another").sign(new LedgerEpoch.Plan("global", 3, 4).prev(prev)).json());
      ChainReport report = verify();
      assertThat(report.findings())
          .containsOnlyKeys(FaultReason.FOREIGN_KEY, FaultReason.FOREIGN_EPOCH);
      assertThat(report.findings().values()).allMatch(faults -> faults.total() == 1);
    }
  }

  /** Whichever of the two has the lower key. */
  @ParameterizedTest
  @CsvSource({"2, 3", "3, 2"})
  void foreignKey_smallerPartOfAnEpoch_isTheForeignOne(int seed, int other) throws ChainException {
    try (LedgerEpoch large = new LedgerEpoch("shared", seed);
        LedgerEpoch small = large.impostor(other)) {
      new LedgerChain(large, "a", history).good(2);
      new LedgerChain(large, "b", history).good(2);
      new LedgerChain(small, "c", history).good(3);
      ChainFault foreign = only(verify(), FaultReason.FOREIGN_KEY);
      assertThat(foreign.chain().orElseThrow().publicKey()).isEqualTo(small.publicKey());
      assertThat(foreign.counter()).contains(at(2));
      assertThat(foreign.sources().shown()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"one, another", "another, one"})
  void foreignEpoch_smallerPartOfAKey_isTheForeignOne(String name, String other)
      throws ChainException {
    try (LedgerEpoch large = new LedgerEpoch(name, 2);
        LedgerEpoch small = large.renamed(other)) {
      new LedgerChain(large, "global", history).good(2);
      new LedgerChain(small, "global", history).good();
      ChainFault foreign = only(verify(), FaultReason.FOREIGN_EPOCH);
      assertThat(foreign.chain().orElseThrow().epochId()).contains(small.id());
    }
  }

  /** Proofs of the first services name no epoch; that two keys do so means nothing. */
  @Test
  void namelessEpochs_ofSeveralKeys_areNotForeign() throws ChainException {
    for (int seed = 2; seed < 4; seed++) {
      try (LedgerEpoch nameless = LedgerEpoch.nameless(seed)) {
        history.document(nameless.sign(new LedgerEpoch.Plan("global", -1, 2)).json());
      }
    }
    ChainReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.epochs().shown()).hasSize(2).allMatch(shown -> shown.epochId().isEmpty());
  }

  @Test
  void slotOfSeveralProofs_isReportedWithEachOfThemOnce() throws ChainException {
    for (int i = 0; i < MANY; i++) {
      LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", 1, 2 + 2L * i).prev(chain.prev());
      chain.give(chain.give(chain.advance(plan)));
    }
    assertMany(verify(), FaultReason.FORK_SLOT);
    history.documents.subList(4, history.documents.size()).clear();
    assertThat(only(verify(), FaultReason.FORK_SLOT).sources().shown())
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void twinAnchors_boundWhatFollowsByTheHigherBlock() throws ChainException {
    Random random = new Random(1);
    for (int i = 0; i < 6; i++) { // in either order of their hashes
      history.documents.clear();
      LedgerChain twins = new LedgerChain(epoch, "chain " + random.nextInt(), history);
      LedgerEpoch.Plan plan = twins.plan();
      twins.give(epoch.sign(plan.anchor(twins.block(501))));
      twins.give(twins.advance(plan.anchor(twins.block(500))));
      twins.good();
      ChainSummary summary = onlyChain(verify());
      assertThat(summary.boundsOf(at(4)).orElseThrow().madeAfter()).contains(at(501));
      assertThat(summary.firstBlock()).contains(at(500));
      assertThat(summary.lastBlock()).contains(at(501));
      assertThat(sum(summary.anchorDensity())).isEqualTo(2);
    }
  }

  @Test
  void anchorsThatGoBack_areReportedAndSpanAllBlocks() throws ChainException {
    for (long block : List.of(7L, 5L, 6L, 9L)) {
      chain.give(chain.advance(chain.plan().anchor(chain.block(block))));
    }
    ChainReport report = verify();
    assertThat(report.found(FaultReason.ANCHOR_BACKWARDS).shown())
        .extracting(fault -> fault.counter().orElseThrow())
        .containsExactly(at(4), at(6));
    assertThat(onlyChain(report).firstBlock()).contains(at(105));
    assertThat(onlyChain(report).lastBlock()).contains(at(109));
    assertThat(sum(onlyChain(report).anchorDensity())).isEqualTo(4);
  }

  @Test
  void blockNumberWithSeveralHashes_isAConflictEach() throws ChainException {
    for (int i = 0; i < MANY; i++) {
      anchor(500, "hash " + i);
    }
    anchor(501, "hash");
    anchor(502, "hash of 502");
    anchor(502, "another hash of 502");
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.ANCHOR_CONFLICT);
    assertThat(report.found(FaultReason.ANCHOR_CONFLICT).shown())
        .extracting(fault -> fault.sources().total(), fault -> fault.sources().shown().size())
        .containsExactlyInAnyOrder(tuple(MANY * 1L, Finding.MAX_SOURCES), tuple(2L, 2));
  }

  @Test
  void blockHashWithSeveralNumbers_isAConflictEach() throws ChainException {
    for (int i = 0; i < 4; i++) {
      anchor(500L + 2L * i, "hash " + i);
      anchor(501L + 2L * i, "hash " + i);
    }
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.ANCHOR_CONFLICT);
    assertThat(report.found(FaultReason.ANCHOR_CONFLICT).shown())
        .hasSize(4)
        .allMatch(fault -> fault.sources().total() == 2)
        .allMatch(fault -> fault.sources().shown().stream().distinct().count() == 2);
  }

  private void anchor(long number, String hash) {
    AnchoredBlock block = new AnchoredBlock(number, LedgerEpoch.sha256(hash));
    chain.give(chain.advance(chain.plan().anchor(block)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://etherscan.io/block/1, 0xab, message-not-a-block-hash",
    "https://etherscan.io/1, HASH, title-without-block",
    "https://etherscan.io/block/01, HASH, block-number-not-canonical",
  })
  void malformedAnchor_saysWhatIsWrong(String title, String message, String code)
      throws ChainException {
    LedgerEpoch.Plan plan = chain.plan();
    plan.attribution(title, message.replace("HASH", "0x" + "ab".repeat(32)));
    chain.give(chain.advance(plan));
    assertThat(only(verify(), FaultReason.ANCHOR_INVALID).detail()).contains(code);
  }

  @Test
  void anchorOfAnotherDigest_saysWhatIsWrong() throws ChainException {
    LedgerEpoch.Plan plan = chain.plan().anchor(chain.block(0));
    plan.digest = Optional.empty();
    chain.give(chain.advance(plan));
    assertThat(only(verify(), FaultReason.ANCHOR_INVALID).detail())
        .contains("digest-not-of-block-hash");
  }

  @Test
  void findingsOfSeveralChains_standByTheirNames() throws ChainException {
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    for (String name : names) {
      LedgerChain one = new LedgerChain(epoch, name, history);
      one.give(one.good());
    }
    assertThat(verify().found(FaultReason.DUPLICATE).shown())
        .extracting(fault -> fault.chain().orElseThrow().chain())
        .containsExactlyElementsOf(names);
  }

  @Test
  void findingsOfOneChain_keepThoseOfTheLowestCounters() throws ChainException {
    for (int i = 0; i < 9; i++) {
      chain.give(chain.good());
    }
    ChainReport report =
        Histories.verify(Histories.builder().maxFaultsPerReason(3), history.documents);
    assertThat(report.found(FaultReason.DUPLICATE).shown())
        .extracting(fault -> fault.counter().orElseThrow())
        .containsExactly(at(2), at(4), at(6));
  }

  @Test
  void epochsThatNameOnePredecessor_areAForkEach() throws ChainException {
    chain.good(2);
    for (int i = 0; i < MANY; i++) {
      follow(10 + i, 2);
    }
    follow(40, 4);
    follow(41, 4);
    ChainReport report = verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.EPOCH_FORK);
    assertThat(report.found(FaultReason.EPOCH_FORK).shown())
        .extracting(fault -> fault.sources().total(), fault -> fault.sources().shown().size())
        .containsExactlyInAnyOrder(tuple(MANY * 1L, Finding.MAX_SOURCES), tuple(2L, 2));
    assertThat(report.epochs().shown().stream().filter(shown -> shown.predecessorGiven()))
        .hasSize(MANY + 2)
        .allMatch(shown -> shown.predecessor().equals(Optional.of(epoch.id())));
  }

  /** A new epoch whose first proof names one of this test's epoch. */
  private void follow(long seed, long counter) {
    try (LedgerEpoch next = new LedgerEpoch("epoch " + seed, seed)) {
      LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", 1, 2);
      plan.epochLink = Optional.of(next.linkTo(epoch, counter));
      history.document(next.sign(plan).json());
    }
  }

  @Test
  void epochOfSeveralChains_isAnchoredFromItsLowestToItsHighestBlock() throws ChainException {
    for (long block : List.of(200L, 100L, 300L, 150L)) {
      LedgerChain one = new LedgerChain(epoch, "from " + block, history).anchoredFrom(block);
      one.anchor();
      one.anchor();
    }
    EpochSummary summary = verify().epochs().shown().get(0);
    assertThat(summary.firstBlock()).contains(at(100));
    assertThat(summary.lastBlock()).contains(at(301));
    assertThat(summary.proofs()).isEqualTo(8);
  }

  @Test
  void epochs_moreChainsThanAreListed_shareTheRoom() throws ChainException {
    for (int seed = 2; seed < 6; seed++) {
      try (LedgerEpoch one = new LedgerEpoch("epoch " + seed, seed)) {
        new LedgerChain(one, "a", history).good();
        new LedgerChain(one, "b", history).good();
      }
    }
    ChainReport report =
        Histories.verify(Histories.builder().maxListedChains(3), history.documents);
    assertThat(report.epochs().total()).isEqualTo(4);
    assertThat(report.epochs().shown())
        .extracting(shown -> shown.chains().shown().size(), shown -> shown.chains().total())
        .containsExactly(tuple(2, 2L), tuple(1, 2L), tuple(0, 2L));
  }

  private ChainReport verify() throws ChainException {
    ChainReport report = history.verify();
    List<byte[]> shuffled = new ArrayList<>(history.documents);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(Histories.verify(Histories.builder(), shuffled)).isEqualTo(report);
    return report;
  }

  /** One finding of that reason and no other, with more sources than are named. */
  private static void assertMany(ChainReport report, FaultReason reason) {
    assertThat(report.findings()).containsKey(reason);
    Listed<String> sources = only(report, reason).sources();
    assertThat(sources.total()).isEqualTo(MANY);
    assertThat(sources.shown()).hasSize(Finding.MAX_SOURCES);
  }

  private static ChainFault only(ChainReport report, FaultReason reason) {
    assertThat(report.found(reason).total()).as(report.toString()).isEqualTo(1);
    return report.found(reason).shown().get(0);
  }

  private static ChainSummary onlyChain(ChainReport report) {
    assertThat(report.chainCount()).isEqualTo(1);
    return report.epochs().shown().get(0).chains().shown().get(0);
  }

  private static long sum(CounterDensity density) {
    return density.counts().stream().mapToLong(n -> n).sum();
  }

  private static Counter at(long counter) {
    return Counter.of(counter);
  }
}
