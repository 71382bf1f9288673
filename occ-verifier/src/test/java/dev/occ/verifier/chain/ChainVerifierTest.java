package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainVerifierTest {
  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history).anchoredFrom(100);
  @TempDir private Path folder;

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void verify_chainFromItsBeginning_isSound() throws ChainException {
    chain.good(5);
    ChainReport report = history.verify();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings()).isEmpty();
    ChainSummary summary = only(report);
    assertThat(summary.proofs()).isEqualTo(5);
    assertThat(summary.ranges().shown())
        .containsExactly(new LinkedRange(Counter.of(2), Counter.of(10), 5));
    assertThat(summary.density().counts().stream().mapToLong(n -> n).sum()).isEqualTo(5);
  }

  @Test
  void verify_nothing_isNotSound() throws ChainException {
    assertThat(history.verify().isSound()).isFalse();
    assertThat(history.verify().faultCount()).isZero();
  }

  @Test
  void verify_expiredSlots_areNoGap() throws ChainException {
    chain.good(2);
    chain.skip(40);
    chain.good(2);
    assertThat(history.verify().isSound()).isTrue();
  }

  @Test
  void verify_removedProofs_areAGapWithTheCountersAround() throws ChainException {
    chain.good(3);
    for (int i = 0; i < 4; i++) {
      chain.advance(chain.plan());
    }
    chain.good(2);
    ChainFault gap = only(history.verify(), FaultReason.GAP);
    assertThat(gap.after()).contains(Counter.of(6));
    assertThat(gap.counter()).contains(Counter.of(16));
    // Between 6 and 16 there are nine counters, one of which the slot of 16 has.
    assertThat(gap.missingAtMost()).isEqualTo(OptionalLong.of(8));
  }

  @Test
  void verify_partialHistory_mayBeginInTheMiddle() throws ChainException {
    chain.advance(chain.plan());
    chain.good(3);
    assertThat(history.verify().isSound()).isFalse();
    ChainReport partial = Histories.verify(Histories.builder().partial(), history.documents);
    assertThat(partial.isSound()).isTrue();
    assertThat(partial.count(FaultReason.MISSING_START)).isEqualTo(1);
  }

  @Test
  void verify_partialHistory_mayHaveNoGap() throws ChainException {
    chain.good(2);
    chain.advance(chain.plan());
    chain.good(2);
    ChainReport partial = Histories.verify(Histories.builder().partial(), history.documents);
    assertThat(partial.isSound()).isFalse();
  }

  @Test
  void verify_branchesOfAFork_areReportedOnceWhereTheyPart() throws ChainException {
    chain.good(3);
    Optional<Bytes> prev = chain.prev();
    long counter = chain.counter();
    chain.good(20);
    for (int i = 0; i < 20; i++) {
      LedgerEpoch.Plan other = new LedgerEpoch.Plan("global", counter + 1, counter + 2).prev(prev);
      other.artifact = "another history";
      Proof proof = chain.give(epoch.sign(other));
      prev = Optional.of(proof.sealedHash());
      counter += 2;
    }
    ChainReport report = history.verify();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.FORK_COUNTER);
    ChainFault fork = only(report, FaultReason.FORK_COUNTER);
    assertThat(fork.counter()).contains(Counter.of(8));
    assertThat(fork.sources().total()).isEqualTo(2);
  }

  @Test
  void verify_gapAndForkAfterIt_areBothFound() throws ChainException {
    chain.good(2);
    Optional<Bytes> old = chain.prev();
    chain.advance(chain.plan());
    chain.good();
    LedgerEpoch.Plan fork = chain.plan().prev(old);
    chain.good();
    chain.give(epoch.sign(fork));
    assertThat(history.verify().findings())
        .containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_COUNTER);
  }

  @Test
  void verify_manyProofsAtOneCounter_areCountedExactly() throws ChainException {
    chain.good();
    LedgerEpoch.Plan plan = chain.plan();
    for (int i = 0; i < 3 * Place.MAX_MEMBERS; i++) {
      plan.artifact = "artifact " + i;
      chain.give(epoch.sign(plan));
    }
    ChainFault fork = only(history.verify(), FaultReason.FORK_COUNTER);
    assertThat(fork.sources().total()).isEqualTo(3L * Place.MAX_MEMBERS);
    assertThat(fork.sources().shown()).hasSize(Finding.MAX_SOURCES);
  }

  @Test
  void verify_copyWithStampsOfOthers_isADuplicate() throws ChainException {
    Proof proof = chain.good();
    chain.give(LedgerChain.with(proof.json(), "timestamps", "artifact", "x"));
    chain.give(proof.json());
    ChainReport report = history.verify();
    assertThat(report.isSound()).isTrue();
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(only(report, FaultReason.DUPLICATE).sources().total()).isEqualTo(2);
  }

  @Test
  void verify_alteredCopyFirst_stillFollowsTheSealedOne() throws ChainException {
    Proof first = chain.advance(chain.plan());
    chain.give(LedgerChain.with(first.json(), "metadata", "note", "changed"));
    chain.give(first);
    chain.good(3);
    assertThat(history.verify().findings()).containsOnlyKeys(FaultReason.ALTERED_COPY);
  }

  @Test
  void verify_onlyTheAlteredCopy_breaksTheLink() throws ChainException {
    chain.good();
    Proof proof = chain.advance(chain.plan());
    chain.give(LedgerChain.with(proof.json(), "metadata", "note", "changed"));
    chain.good();
    assertThat(history.verify().findings()).containsOnlyKeys(FaultReason.BROKEN_LINK);
  }

  @Test
  void verify_largestCounters_areNoTrouble() throws ChainException {
    LedgerEpoch.Plan last = new LedgerEpoch.Plan("global", 5, Long.MAX_VALUE);
    chain.give(chain.advance(last));
    assertThat(history.verify().isSound()).isTrue();
    chain.give(history("none"));
    assertThat(history.verify().findings()).containsOnlyKeys(FaultReason.INVALID_PROOF);
  }

  private static JsonObject history(String text) {
    return JsonObject.builder().put("text", text).build();
  }

  @Test
  void verify_anchors_giveEachProofItsBounds() throws ChainException {
    chain.good(2); // 2, 4
    chain.anchor(); // 6: block 100
    chain.good(2); // 8, 10
    chain.anchor(); // 12: block 101
    chain.good(); // 14
    ChainSummary summary = only(history.verify());
    assertThat(summary.anchors()).isEqualTo(2);
    assertThat(summary.bounds().shown())
        .containsExactly(
            bounds(2, 4, 2, Optional.empty(), Optional.of(100)),
            bounds(6, 10, 3, Optional.of(100), Optional.of(101)),
            bounds(12, 14, 2, Optional.of(101), Optional.empty()));
    for (long counter : List.of(6L, 8L, 10L)) {
      assertThat(summary.boundsOf(Counter.of(counter))).contains(summary.bounds().shown().get(1));
    }
    assertThat(summary.boundsOf(Counter.of(5))).isEmpty();
    assertThat(summary.boundsOf(Counter.of(99))).isEmpty();
  }

  private static AnchorBounds bounds(
      long first, long last, long proofs, Optional<Integer> after, Optional<Integer> before) {
    return new AnchorBounds(
        Counter.of(first),
        Counter.of(last),
        proofs,
        after.map(Counter::of),
        after.isPresent(),
        before.map(Counter::of),
        before.isPresent(),
        true);
  }

  @Test
  void verify_gapBetweenAnchors_leavesBoundsThatAreNotLinked() throws ChainException {
    chain.anchor(); // 2
    chain.good(); // 4
    chain.advance(chain.plan());
    chain.good(); // 8
    chain.anchor(); // 10
    List<AnchorBounds> bounds = only(history.verify()).bounds().shown();
    assertThat(bounds).hasSize(3);
    assertThat(bounds.get(0).madeAfterLinked()).isTrue();
    assertThat(bounds.get(0).sealedBefore()).contains(Counter.of(101));
    assertThat(bounds.get(0).sealedBeforeLinked()).isFalse();
    assertThat(bounds.get(1).madeAfter()).contains(Counter.of(100));
    assertThat(bounds.get(1).madeAfterLinked()).isFalse();
    assertThat(bounds.get(1).sealedBeforeLinked()).isTrue();
  }

  @Test
  void verify_forkBetweenAnchors_leavesBoundsThatAreNotLinked() throws ChainException {
    chain.anchor();
    LedgerEpoch.Plan twin = chain.plan();
    twin.artifact = "twin";
    chain.good();
    chain.give(epoch.sign(twin));
    chain.anchor();
    List<AnchorBounds> bounds = only(history.verify()).bounds().shown();
    assertThat(bounds.get(bounds.size() - 1).madeAfterLinked()).isFalse();
    assertThat(bounds.get(0).sealedBeforeLinked()).isFalse();
  }

  @Test
  void verify_overlappingEpochs_areNotOrdered() throws ChainException {
    chain.anchor();
    chain.anchor();
    chain.anchor();
    try (LedgerEpoch other = new LedgerEpoch("other", 2)) {
      new LedgerChain(other, "global", history).anchoredFrom(101).anchor();
      assertThat(history.verify().epochs().shown())
          .extracting(EpochSummary::place)
          .containsExactly(EpochPlace.OVERLAPPING, EpochPlace.OVERLAPPING);
    }
  }

  @Test
  void verify_anchorVisitor_isShownEachBlockOnceInOrder() throws ChainException {
    chain.anchor();
    chain.anchor();
    LedgerChain other = new LedgerChain(epoch, "other", history).anchoredFrom(99);
    other.anchor();
    other.anchor();
    List<String> seen = new ArrayList<>();
    ChainVerifier.Builder builder =
        Histories.builder()
            .anchorVisitor(
                a -> seen.add(a.anchor().blockNumber() + " " + a.counter().orElseThrow()));
    ChainReport report = Histories.verify(builder, history.documents);
    assertThat(seen.get(0)).isEqualTo("99 2");
    assertThat(seen.get(1)).isIn("100 2", "100 4"); // that of one chain or the other
    assertThat(seen.get(2)).isEqualTo("101 4");
    assertThat(seen).hasSize(3);
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void verify_circleOfEpochs_isAConflict() throws ChainException {
    try (LedgerEpoch other = new LedgerEpoch("other", 2)) {
      LedgerChain second = new LedgerChain(other, "global", history);
      LedgerEpoch.Plan one = chain.plan();
      one.epochLink = Optional.of(epoch.linkTo(other, 2));
      chain.give(chain.advance(one));
      LedgerEpoch.Plan two = second.plan();
      two.epochLink = Optional.of(other.linkTo(epoch, 2));
      second.give(second.advance(two));
      ChainReport report = history.verify();
      assertThat(report.count(FaultReason.EPOCH_ORDER_CONFLICT)).isEqualTo(2);
      assertThat(report.epochs().shown()).hasSize(2);
    }
  }

  @Test
  void verify_linkedEpochs_standInTheirOrder() throws ChainException {
    List<LedgerEpoch> epochs = new ArrayList<>(List.of(epoch));
    Proof last = chain.good();
    for (int i = 2; i < 6; i++) {
      LedgerEpoch next = new LedgerEpoch("epoch " + i, i);
      LedgerChain nextChain = new LedgerChain(next, "global", history);
      LedgerEpoch.Plan plan = nextChain.plan();
      Bytes hash = i % 2 == 0 ? last.proofHash() : last.sealedHash(); // spec 8 allows both
      plan.epochLink = Optional.of(next.linkTo(epochs.get(epochs.size() - 1), last, hash));
      last = nextChain.give(nextChain.advance(plan));
      epochs.add(next);
    }
    Collections.shuffle(history.documents);
    ChainReport report = history.verify();
    epochs.subList(1, epochs.size()).forEach(LedgerEpoch::close);
    assertThat(report.isSound()).isTrue();
    assertThat(report.epochs().shown())
        .extracting(e -> e.epochId().orElseThrow())
        .containsExactlyElementsOf(epochs.stream().map(LedgerEpoch::id).toList());
    assertThat(report.epochs().shown())
        .extracting(EpochSummary::place)
        .containsExactly(
            EpochPlace.UNKNOWN,
            EpochPlace.LINKED,
            EpochPlace.LINKED,
            EpochPlace.LINKED,
            EpochPlace.LINKED);
  }

  /** Whoever has a key can name any epoch; only the hash of one of its proofs shows an order. */
  @Test
  void verify_epochNamesAnotherButNoneOfItsProofs_isNamedNotLinked() throws ChainException {
    chain.good();
    Proof last = chain.good();
    try (LedgerEpoch random = new LedgerEpoch("random hash", 2);
        LedgerEpoch counter = new LedgerEpoch("counter of another proof", 3);
        LedgerEpoch stranger = new LedgerEpoch("proof of another epoch", 4)) {
      assertThat(placeAfter(random, random.linkTo(epoch, 4))).isEqualTo(EpochPlace.NAMED);
      JsonObject wrong =
          counter.linkTo(epoch, last, last.proofHash()).with("prevCounter", new JsonString("2"));
      assertThat(placeAfter(counter, wrong)).isEqualTo(EpochPlace.NAMED);
      JsonObject foreign = stranger.linkTo(counter, last, last.sealedHash());
      assertThat(placeAfter(stranger, foreign)).isEqualTo(EpochPlace.NAMED);
    }
  }

  /** Where an epoch stands whose first proof has a link. */
  private EpochPlace placeAfter(LedgerEpoch linking, JsonObject link) throws ChainException {
    LedgerChain first = new LedgerChain(linking, "global", history);
    LedgerEpoch.Plan plan = first.plan();
    plan.epochLink = Optional.of(link);
    first.give(first.advance(plan));
    ChainReport report = history.verify();
    assertThat(report.isSound()).isTrue();
    EpochSummary summary =
        report.epochs().shown().stream()
            .filter(shown -> shown.publicKey().equals(linking.publicKey()))
            .findFirst()
            .orElseThrow();
    assertThat(summary.predecessorGiven()).isTrue();
    return summary.place();
  }

  @Test
  void verify_moreChainsThanAllowed_isRefused() {
    chain.good();
    new LedgerChain(epoch, "other", history).good();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> Histories.verify(Histories.builder().maxChains(1), history.documents))
        .satisfies(e -> assertThat(e.reason().code()).isEqualTo("too-many-chains"));
  }

  @Test
  void verify_missingTemporaryFolder_isRefusedWhenItIsNeeded() {
    SpillFiles files = new SpillFiles(folder.resolve("missing"));
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(files::open)
        .satisfies(e -> assertThat(e.reason().code()).isEqualTo("temporary-file"));
  }

  @Test
  void finish_interrupted_saysSo() throws ChainException {
    chain.good(3);
    try (ChainVerification verification = Histories.builder().build().start()) {
      verification.add("a", history.documents.get(0));
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ChainException.class)
          .isThrownBy(verification::finish)
          .satisfies(e -> assertThat(e.reason().code()).isEqualTo("interrupted"));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void add_afterFinish_isMisuse() throws ChainException {
    try (ChainVerification verification = Histories.builder().build().start()) {
      assertThat(verification.finish().documents()).isZero();
      assertThatIllegalStateException().isThrownBy(() -> verification.add("a", new byte[0]));
    }
  }

  @Test
  void builder_settingsOutOfRange_areMisuse() {
    ChainVerifier.Builder builder = Histories.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.threads(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.threads(65));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxFaultsPerReason(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxListedChains(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxChains(0));
    assertThatNullPointerException().isThrownBy(() -> builder.temporaryFolder(nothing()));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // misuse on purpose
  private static <T> T nothing() {
    return null;
  }

  @Test
  void verify_moreThanIsListed_isCountedExactly() throws ChainException {
    for (int i = 0; i < 30; i++) {
      history.documents.add(("no proof " + i).getBytes(StandardCharsets.UTF_8));
      new LedgerChain(epoch, "chain " + i, history).good();
    }
    ChainVerifier.Builder builder = Histories.builder().maxFaultsPerReason(4).maxListedChains(7);
    ChainReport report = Histories.verify(builder, history.documents);
    assertThat(report.chainCount()).isEqualTo(30);
    Listed<ChainSummary> chains = report.epochs().shown().get(0).chains();
    assertThat(chains.shown()).hasSize(7);
    assertThat(chains.leftOut()).isEqualTo(23);
    Listed<ChainFault> invalid = report.found(FaultReason.INVALID_PROOF);
    assertThat(invalid.shown()).hasSize(4);
    assertThat(invalid.total()).isEqualTo(30);
    List<byte[]> reversed = new ArrayList<>(history.documents);
    Collections.reverse(reversed);
    assertThat(Histories.verify(builder, reversed)).isEqualTo(report);
  }

  @Test
  void toJson_report_saysTheSame() throws ChainException {
    chain.good(2);
    chain.advance(chain.plan());
    chain.anchor();
    String json = history.verify().toJson().toJson();
    assertThat(json)
        .startsWith("{\"sound\":false,\"partial\":false,\"documents\":3,\"proofs\":3")
        .contains("\"gap\":{\"total\":1", "\"missingAtMost\":\"2\"", "\"madeAfterBlock\":\"100\"");
  }

  @Test
  void verify_mapOfDocuments_isVerified() throws ChainException {
    Proof proof = chain.good();
    ChainVerifier verifier = Histories.builder().temporaryFolder(folder).build();
    assertThat(verifier.verify(Map.of("a", proof.toBytes())).isSound()).isTrue();
  }

  @Test
  void add_longNames_areKeptApart() throws ChainException, IOException {
    String name = "n".repeat(2000);
    new LedgerChain(epoch, name + "a", history).good();
    new LedgerChain(epoch, name + "b", history).good();
    ChainReport report = history.verify();
    assertThat(report.chainCount()).isEqualTo(2);
    assertThat(report.epochs().shown().get(0).chains().shown())
        .allMatch(c -> c.id().chain().length() < 300);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void reasons_haveCodesOfTheirOwn() {
    assertThat(Arrays.stream(FaultReason.values()).map(FaultReason::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }

  private static ChainSummary only(ChainReport report) {
    assertThat(report.epochs().shown()).hasSize(1);
    assertThat(report.epochs().shown().get(0).chains().shown()).hasSize(1);
    return report.epochs().shown().get(0).chains().shown().get(0);
  }

  private static ChainFault only(ChainReport report, FaultReason reason) {
    Listed<ChainFault> faults = report.found(reason);
    assertThat(faults.shown()).as(report.toString()).hasSize(1);
    return faults.shown().get(0);
  }
}
