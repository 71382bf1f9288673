package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is called linked follows from hashes, and what was left out is found. */
class ChainLinkedTest {
  private static final Set<FaultReason> FORKS =
      Set.of(FaultReason.FORK_COUNTER, FaultReason.FORK_PREV, FaultReason.FORK_BYPASS);
  private static final Optional<Bytes> WITHHELD = Optional.of(LedgerEpoch.sha256("withheld"));

  private static final End NO_BLOCK = new End(Optional.empty(), false);

  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final Histories history = new Histories();

  /**
   * A proof as a test knows it.
   *
   * @param counter its place
   * @param sealed what a successor names
   * @param prev what it names
   * @param block the block that it anchors
   */
  private record Node(
      Optional<Counter> counter, Bytes sealed, Optional<Bytes> prev, Optional<Counter> block) {
    Optional<Bytes> asPrev() {
      return Optional.of(sealed);
    }
  }

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void verify_anchorLeftOutBehindAGap_isAForkAndNotLinked() throws ChainException {
    Node two = give(2, Optional.empty());
    Node four = give(4, two.asPrev());
    anchor(8, 500, WITHHELD);
    Node ten = give(10, four.asPrev());
    give(12, ten.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_BYPASS);
    ChainFault fork = report.found(FaultReason.FORK_BYPASS).shown().get(0);
    assertThat(fork.counter()).contains(Counter.of(10));
    assertThat(fork.after()).contains(Counter.of(8));
    ChainSummary chain = only(report);
    assertThat(chain.ranges().shown())
        .containsExactly(range(2, 4, 2), range(8, 8, 1), range(10, 12, 2));
    assertThat(chain.bounds().shown())
        .containsExactly(
            bounds(2, 4, 2, NO_BLOCK, block(500, false)),
            bounds(8, 8, 1, block(500, true), NO_BLOCK),
            bounds(10, 12, 2, block(500, false), NO_BLOCK));
  }

  @Test
  void verify_anchorNamesWhatAnotherNames_isAForkAndNotLinked() throws ChainException {
    Node two = give(2, Optional.empty());
    Node four = give(4, two.asPrev());
    Node eight = anchor(8, 500, two.asPrev());
    Node ten = give(10, four.asPrev());
    give(12, ten.asPrev());
    give(14, eight.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FORK_PREV);
    assertThat(report.count(FaultReason.FORK_PREV)).isEqualTo(1);
    assertThat(only(report).bounds().shown())
        .containsExactly(
            bounds(2, 4, 2, NO_BLOCK, block(500, false)),
            bounds(8, 8, 1, block(500, false), NO_BLOCK),
            bounds(10, 12, 2, block(500, false), NO_BLOCK),
            bounds(14, 14, 1, block(500, false), NO_BLOCK));
  }

  @Test
  void verify_laterAnchorNamesTheOlderEnd_leavesWhatItLeftOutUnlinked() throws ChainException {
    Node two = give(2, Optional.empty());
    Node four = give(4, two.asPrev());
    Node eight = give(8, WITHHELD);
    give(10, eight.asPrev());
    anchor(12, 500, four.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_BYPASS);
    assertThat(only(report).bounds().shown())
        .containsExactly(
            bounds(2, 4, 2, NO_BLOCK, block(500, false)),
            bounds(8, 10, 2, NO_BLOCK, block(500, false)),
            bounds(12, 12, 1, block(500, false), NO_BLOCK));
  }

  @Test
  void verify_forkOfOnePredecessor_endsLinkedBoundsWhereItShows() throws ChainException {
    Node two = anchor(2, 500, Optional.empty());
    Node four = give(4, two.asPrev());
    Node six = anchor(6, 501, four.asPrev());
    Node eight = give(8, six.asPrev());
    Node ten = anchor(10, 502, six.asPrev());
    give(12, ten.asPrev());
    assertThat(eight.counter()).isNotEqualTo(ten.counter());
    assertThat(only(verifyInAnyOrder()).bounds().shown())
        .containsExactly(
            bounds(2, 4, 2, block(500, true), block(501, true)),
            bounds(6, 8, 2, block(501, true), block(502, false)),
            bounds(10, 12, 2, block(502, false), NO_BLOCK));
  }

  @Test
  void verify_twoLinesBehindAGap_areOneFork() throws ChainException {
    Node line = give(2, Optional.empty());
    Node other = give(4, WITHHELD);
    for (int counter = 6; counter < 40; counter += 4) {
      line = give(counter, line.asPrev());
      other = give(counter + 2, other.asPrev());
    }
    give(50, line.asPrev());
    give(50, other.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_BYPASS);
    assertThat(report.count(FaultReason.FORK_BYPASS)).isEqualTo(1);
  }

  @Test
  void verify_proofWithoutPredecessorLeftOut_isAFork() throws ChainException {
    Node two = anchor(2, 500, Optional.empty());
    give(4, Optional.empty());
    Node six = give(6, two.asPrev());
    anchor(8, 501, six.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.LATER_WITHOUT_PREV, FaultReason.FORK_BYPASS);
    assertThat(report.found(FaultReason.FORK_BYPASS).shown())
        .extracting(ChainFault::counter)
        .containsExactly(six.counter());
    assertThat(only(report).bounds().shown())
        .containsExactly(
            bounds(2, 2, 1, block(500, true), block(501, false)),
            bounds(4, 4, 1, block(500, false), block(501, false)),
            bounds(6, 6, 1, block(500, false), block(501, false)),
            bounds(8, 8, 1, block(501, false), NO_BLOCK));
  }

  @Test
  void verify_endThatWasForgotten_isAForkWhenItIsNamed() throws ChainException {
    Node old = give(2, Optional.empty());
    for (int i = 0; i < 40; i++) { // more open ends than are remembered
      give(10 + 4L * i, Optional.of(LedgerEpoch.sha256("withheld " + i)));
    }
    give(300, old.asPrev());
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_BYPASS);
    ChainFault fork = report.found(FaultReason.FORK_BYPASS).shown().get(0);
    assertThat(fork.counter()).contains(Counter.of(300));
    assertThat(fork.after()).contains(Counter.of(166));
  }

  @Test
  void verify_bothCopiesOfOneProofNamed_areAFork() throws ChainException {
    LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", -1, 2);
    Proof sealed = epoch.sign(plan);
    Proof altered =
        LedgerChain.proof(LedgerChain.with(sealed.json(), "metadata", "note", "changed"));
    history.document(sealed.json());
    history.document(altered.json());
    give(4, Optional.of(sealed.sealedHash()));
    give(6, Optional.of(altered.sealedHash()));
    assertThat(verifyInAnyOrder().findings())
        .containsOnlyKeys(FaultReason.ALTERED_COPY, FaultReason.FORK_BYPASS);
  }

  @Test
  void verify_morePlacesTakenThanAreFollowed_areNotLinked() throws ChainException {
    Node two = anchor(2, 500, Optional.empty());
    for (int i = 0; i < 3 * Place.MAX_MEMBERS; i++) {
      give(4, two.asPrev());
    }
    assertThat(only(verifyInAnyOrder()).bounds().shown())
        .containsExactly(
            bounds(2, 2, 1, block(500, true), NO_BLOCK),
            bounds(4, 4, 3 * Place.MAX_MEMBERS, block(500, false), NO_BLOCK));
  }

  /** The check itself is a walk along hashes, with nothing but the proofs that were given. */
  @Test
  void verify_randomHistories_callLinkedOnlyWhatHashesShow() throws ChainException {
    int made = 0;
    int sealed = 0;
    int bypasses = 0;
    for (int seed = 0; seed < 500; seed++) {
      history.documents.clear();
      List<Node> given = randomHistory(new Random(seed));
      ChainReport report = verifyInAnyOrder();
      for (AnchorBounds bounds :
          report.epochs().shown().isEmpty() ? noBounds() : boundsOf(report)) {
        List<Node> inside = given.stream().filter(within(bounds)).toList();
        if (bounds.madeAfterLinked()) {
          made++;
          assertThat(inside).as("seed " + seed).allMatch(n -> isMadeAfter(n, bounds, given));
        }
        if (bounds.sealedBeforeLinked()) {
          sealed++;
          assertThat(given)
              .as("seed " + seed)
              .anyMatch(
                  anchor ->
                      anchor.block().equals(bounds.sealedBefore())
                          && ancestors(anchor, given).containsAll(inside));
        }
      }
      if (given.stream().anyMatch(node -> leavesOneOut(node, given))) {
        bypasses++;
        assertThat(report.findings().keySet())
            .as("seed " + seed)
            .containsAnyElementsOf(withOrder(FORKS));
      }
    }
    assertThat(made).isGreaterThan(200);
    assertThat(sealed).isGreaterThan(100);
    assertThat(bypasses).isGreaterThan(30);
  }

  private static List<AnchorBounds> noBounds() {
    return List.of();
  }

  private static List<AnchorBounds> boundsOf(ChainReport report) {
    return only(report).bounds().shown();
  }

  /** Counters that go back explain a jump over a proof, too. */
  private static List<FaultReason> withOrder(Set<FaultReason> forks) {
    List<FaultReason> reasons = new ArrayList<>(forks);
    reasons.add(FaultReason.COUNTER_NOT_INCREASING);
    return reasons;
  }

  /** Mostly a line with anchors; some proofs name others, share counters, or are not given. */
  private List<Node> randomHistory(Random random) {
    List<Node> all = new ArrayList<>();
    List<Node> given = new ArrayList<>();
    int trouble = 2 + random.nextInt(12);
    long counter = 0;
    for (int i = 0; i < 3 + random.nextInt(10); i++) {
      boolean odd = random.nextInt(trouble) == 0;
      counter += odd && random.nextBoolean() && counter > 2 ? -2 * random.nextInt(2) : 2;
      Optional<Bytes> prev = all.isEmpty() ? Optional.empty() : all.get(all.size() - 1).asPrev();
      if (random.nextInt(trouble) == 0) {
        prev = anyOf(all, random);
      }
      Optional<Long> block = random.nextInt(3) == 0 ? Optional.of(500L + i) : Optional.empty();
      boolean hidden = random.nextInt(2 * trouble) == 0;
      long place = random.nextInt(4 * trouble) == 0 ? -1 : counter;
      Node node = make(place, block, prev, !hidden);
      all.add(node);
      if (!hidden) {
        given.add(node);
      }
    }
    return given;
  }

  private static Optional<Bytes> anyOf(List<Node> nodes, Random random) {
    int index = random.nextInt(nodes.size() + 2);
    if (index == nodes.size()) {
      return Optional.empty();
    }
    return index > nodes.size() ? WITHHELD : nodes.get(index).asPrev();
  }

  private static Predicate<Node> within(AnchorBounds bounds) {
    return node ->
        node.counter().isPresent()
            && node.counter().get().compareTo(bounds.first()) >= 0
            && node.counter().get().compareTo(bounds.last()) <= 0;
  }

  private static boolean isMadeAfter(Node node, AnchorBounds bounds, List<Node> given) {
    return node.block().equals(bounds.madeAfter())
        || ancestors(node, given).stream().anyMatch(n -> n.block().equals(bounds.madeAfter()));
  }

  private static List<Node> ancestors(Node node, List<Node> given) {
    List<Node> ancestors = new ArrayList<>();
    Optional<Node> parent = parent(node, given);
    while (parent.isPresent()) {
      ancestors.add(parent.get());
      parent = parent(parent.get(), given);
    }
    return ancestors;
  }

  private static Optional<Node> parent(Node node, List<Node> given) {
    return given.stream().filter(n -> node.prev().equals(n.asPrev())).findAny();
  }

  private static boolean leavesOneOut(Node node, List<Node> given) {
    Optional<Counter> below = parent(node, given).flatMap(Node::counter);
    return below.isPresent()
        && node.counter().isPresent()
        && given.stream()
            .flatMap(n -> n.counter().stream())
            .anyMatch(c -> c.compareTo(below.get()) > 0 && c.compareTo(node.counter().get()) < 0);
  }

  private Node give(long counter, Optional<Bytes> prev) {
    return make(counter, Optional.empty(), prev, true);
  }

  private Node anchor(long counter, long block, Optional<Bytes> prev) {
    return make(counter, Optional.of(block), prev, true);
  }

  private Node make(long counter, Optional<Long> block, Optional<Bytes> prev, boolean isGiven) {
    LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", -1, counter).prev(prev);
    plan.artifact = "artifact " + history.documents.size();
    Optional<Counter> number = block.map(Counter::of);
    number.ifPresent(
        n -> plan.anchor(new AnchoredBlock(n.bits(), LedgerEpoch.sha256("block " + n))));
    Proof proof = epoch.sign(plan);
    if (isGiven) {
      history.document(proof.json());
    }
    return new Node(proof.commit().counter(), proof.sealedHash(), prev, number);
  }

  private ChainReport verifyInAnyOrder() throws ChainException {
    ChainReport report = Histories.verify(Histories.builder().threads(1), history.documents);
    List<byte[]> shuffled = new ArrayList<>(history.documents);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(Histories.verify(Histories.builder().threads(1), shuffled)).isEqualTo(report);
    return report;
  }

  private static ChainSummary only(ChainReport report) {
    assertThat(report.chainCount()).isEqualTo(1);
    return report.epochs().shown().get(0).chains().shown().get(0);
  }

  /** An end of bounds: a block, and whether it is linked. */
  private record End(Optional<Counter> block, boolean linked) {}

  private static End block(long number, boolean linked) {
    return new End(Optional.of(Counter.of(number)), linked);
  }

  private static AnchorBounds bounds(long first, long last, long proofs, End after, End before) {
    return new AnchorBounds(
        Counter.of(first),
        Counter.of(last),
        proofs,
        after.block(),
        after.linked(),
        before.block(),
        before.linked(),
        true);
  }

  private static LinkedRange range(long first, long last, long proofs) {
    return new LinkedRange(Counter.of(first), Counter.of(last), proofs);
  }
}
