package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows one chain along its counter, place by place (spec 7 and 11), and keeps what the report
 * says about it. For use by one thread.
 *
 * <p>The records of a chain arrive sorted by counter, so the walk sees each place once and never
 * goes back. A <em>place</em> holds all signed statements with one counter: one in a sound chain,
 * several in a forked one. A <em>tip</em> is an open end: a proof that was walked and that no later
 * proof has named yet. A <em>run</em> is a series of proofs in which each names the one before.
 *
 * <p>At each place the walk does five things. It looks for the tip that each proof names by its
 * {@code prevB64}. It gives each proof the run of that tip, or a new run. It reports a fork if the
 * place holds several statements and these do not lie on branches that are known already. It
 * follows each link: one that leads to the tip just before makes the place <em>linked</em>, one
 * that leads to an older tip leaves out the tips in between, and one that leads to no tip is handed
 * to {@link LinkJoin} together with the room that the counters leave. It replaces the tips that
 * were named by the proofs of this place.
 *
 * <p>In a sound chain there is one tip, so that the state stays small however long the chain is;
 * {@link Tips} bounds it for forked ones. What a proof names is decided by hash alone. Counters
 * only say in which order to look, and how many proofs may be missing in between. A link that leads
 * to no tip is not a fault yet: the named proof may have been given out of place, belong to another
 * chain, or be missing with room for it, and only the join over all chains can tell these apart.
 */
final class LaneWalk {
  private final Lanes.Lane lane;
  private final Findings findings;
  private final LinkJoin join;
  private final Tips tips = new Tips();
  private final RangeTracker ranges;
  private final DensityBuilder density;
  private final DensityBuilder anchorDensity;
  private Optional<Counter> first = Optional.empty();
  private Optional<Counter> last = Optional.empty();
  private Optional<Counter> firstBlock = Optional.empty();
  private Optional<Counter> lastBlock = Optional.empty();
  private Optional<Source> firstSource = Optional.empty();
  private long proofs;
  private long duplicates;
  private long anchors;
  private int branches = 1;
  private int runs;

  LaneWalk(Lanes.Lane lane, Findings findings, LinkJoin join, ReportLimits limits) {
    this.lane = lane;
    this.findings = findings;
    this.join = join;
    this.ranges = new RangeTracker(limits.rangesPerChain());
    this.density = new DensityBuilder(limits.partsPerChain());
    this.anchorDensity = new DensityBuilder(limits.partsPerChain());
  }

  long proofs() {
    return proofs;
  }

  long duplicates() {
    return duplicates;
  }

  Optional<Counter> firstBlock() {
    return firstBlock;
  }

  Optional<Counter> lastBlock() {
    return lastBlock;
  }

  /** Something that is wrong with the chain as a whole. */
  Finding asWhole(FaultReason reason, String text) {
    Finding finding = new Finding(reason, text).on(lane, first);
    firstSource.ifPresent(finding::from);
    return finding;
  }

  /** The last counter so far. */
  Optional<Counter> last() {
    return last;
  }

  /** Copies of one statement: counted, and named if they differ. */
  void member(Member member) {
    proofs++;
    firstSource = firstSource.or(() -> Optional.of(member.record().source()));
    if (member.duplicates() > 0) {
      duplicates += member.duplicates();
      findings.add(
          at(FaultReason.DUPLICATE, "was given again, exactly the same", member)
              .from(member.duplicateSources(), member.duplicates()));
    }
    if (member.variantCount() > 1) {
      findings.add(
          at(
                  FaultReason.ALTERED_COPY,
                  member.variantCount()
                      + " copies have one signed body and differ outside of it;"
                      + " the enclave sealed at most one of them so",
                  member)
              .from(member.variantSources(), member.variantCount()));
    }
    if (member.record().anchor() > LinkRecord.GOOD_ANCHOR) {
      AnchorReading.Problem reason = AnchorReading.Problem.numbered(member.record().anchor());
      findings.add(
          at(FaultReason.ANCHOR_INVALID, "is named like an anchor and is none", member)
              .detail(reason.code())
              .from(member.record().source()));
    }
  }

  /** Proofs without a counter: their links count, their place is not known. */
  void withoutCounter(Place place) throws ChainException {
    for (Member member : place.members()) {
      findings.add(
          at(FaultReason.COUNTER_MISSING, "has no counter, so no place on its chain", member)
              .from(member.record().source()));
      tips.add(new Tips.Tip(member, newRun(member.record().prev()), 0));
      if (member.record().prev().isPresent()) {
        join.ask(member.record(), new LinkJoin.Context(Optional.empty(), 0, false));
      }
    }
  }

  /**
   * Takes the next place.
   *
   * @param place what stands there
   * @param room how many proofs can stand between the place before and this one
   */
  void accept(Place place, long room) throws ChainException {
    Counter counter =
        place.counter().orElseThrow(() -> new IllegalArgumentException("has no counter"));
    List<Optional<Tips.Tip>> parents = new ArrayList<>();
    for (Member member : place.members()) {
      parents.add(tips.find(member.record().prev()));
    }
    boolean newFork = place.statements() > 1 && !areSeparateBranches(place, parents);
    List<Run> hanging = runs(place, parents);
    if (newFork) {
      fork(place, counter, hanging);
    }
    boolean linked = place.statements() == parents.size();
    for (int i = 0; i < parents.size(); i++) {
      linked &= link(place.members().get(i), parents.get(i), room);
    }
    advance(place, parents, hanging, newFork);
    ranges.accept(counter, place.statements(), linked, block(place));
    for (long i = 0; i < Math.min(place.statements(), Place.MAX_MEMBERS); i++) {
      density.add(counter);
    }
    first = first.or(place::counter);
    last = place.counter();
  }

  /** Proofs on branches of a fork that was reported already share their counters, of course. */
  private static boolean areSeparateBranches(Place place, List<Optional<Tips.Tip>> parents) {
    if (place.statements() > parents.size()) {
      return false;
    }
    long different =
        parents.stream()
            .flatMap(Optional::stream)
            .map(Tips.Tip::branch)
            .filter(branch -> branch != 0)
            .distinct()
            .count();
    return different == parents.size();
  }

  /** The run of each proof at a place: its predecessor's, or one of its own. */
  private List<Run> runs(Place place, List<Optional<Tips.Tip>> parents) {
    List<Run> hanging = new ArrayList<>();
    for (int i = 0; i < parents.size(); i++) {
      Optional<Run> before = parents.get(i).map(Tips.Tip::run);
      if (before.isEmpty()) {
        hanging.add(newRun(place.members().get(i).record().prev()));
      } else if (parents.get(i).flatMap(Tips.Tip::counter).isEmpty()) {
        hanging.add(newRun(before.get().link())); // its predecessor is not known to be below
      } else {
        hanging.add(before.get());
      }
    }
    return hanging;
  }

  private Run newRun(Optional<Bytes> link) {
    runs++;
    return new Run(runs, link);
  }

  /** Says from which counter on a fork is shown, when that is found out behind the walk. */
  void forked(Counter from) {
    ranges.fork(from);
  }

  private void fork(Place place, Counter counter, List<Run> hanging) {
    ranges.fork(counter);
    int oldest = hanging.stream().mapToInt(Run::number).min().orElse(0);
    hanging.stream().filter(run -> run.number() != oldest).forEach(Run::nowPassed);
    List<Source> sources = new ArrayList<>();
    place.members().forEach(member -> sources.add(member.record().source()));
    findings.add(
        at(
                FaultReason.FORK_COUNTER,
                place.statements() + " different proofs have this counter",
                place.members().get(0))
            .after(last)
            .from(sources, place.statements()));
  }

  /**
   * Follows a link to an open end, or notes why not.
   *
   * @return whether it leads to the place before
   */
  private boolean link(Member member, Optional<Tips.Tip> parent, long room) throws ChainException {
    LinkRecord record = member.record();
    if (parent.isPresent()) {
      goPast(record, parent.get());
      Optional<Counter> before = parent.get().counter();
      record
          .prev()
          .flatMap(parent.get()::named)
          .flatMap(Variant::finding)
          .map(note -> note.on(lane, record.counter()).after(before))
          .ifPresent(note -> findings.add(note.tie(record.signed()).from(record.source())));
      return last.isPresent() && parent.get().counter().equals(last);
    }
    if (record.prev().isPresent()) {
      join.ask(record, new LinkJoin.Context(last, room, first.isEmpty()));
    } else if (first.isPresent()) {
      findings.add(
          at(FaultReason.LATER_WITHOUT_PREV, "names no predecessor, and is not the first", member)
              .after(last)
              .from(record.source()));
    }
    return false;
  }

  /**
   * Notes what a proof leaves out that stands between its predecessor and itself. The two are not
   * on one line, unless the run that is left out begins with a link that leads to this chain: then
   * its fork is found there.
   */
  private void goPast(LinkRecord record, Tips.Tip parent) throws ChainException {
    Optional<Tips.Tip> passed = tips.passedAfter(parent);
    if (passed.isEmpty()) {
      return;
    }
    Run run = passed.get().run();
    run.nowPassed();
    for (Tips.Tip tip : List.of(parent, passed.get())) {
      if (tip.branch() == 0) {
        branches++;
        tip.onBranch(branches);
      }
    }
    if (run.link().isPresent()) {
      join.askPast(run.link().get(), record, passed.get().counter());
    } else {
      record.counter().ifPresent(ranges::fork);
      findings.add(
          LinkVerdicts.bypass(passed.get().counter())
              .on(lane, record.counter())
              .tie(record.signed())
              .from(record.source()));
    }
  }

  private void advance(
      Place place, List<Optional<Tips.Tip>> parents, List<Run> hanging, boolean newFork) {
    parents.forEach(parent -> parent.ifPresent(Tips.Tip::nowNamed));
    tips.removeNamed();
    for (int i = 0; i < parents.size(); i++) {
      int branch = parents.get(i).map(Tips.Tip::branch).orElse(first.isEmpty() ? 1 : 0);
      if (newFork) {
        branches++;
        branch = branches;
      }
      tips.add(new Tips.Tip(place.members().get(i), hanging.get(i), branch));
    }
  }

  /** The highest block that is anchored at a place, if any; anchors must not go backwards. */
  private Optional<Counter> block(Place place) {
    Optional<Counter> highest = Optional.empty();
    for (Member member : place.members()) {
      if (member.record().anchor() == LinkRecord.GOOD_ANCHOR) {
        Counter block = new Counter(member.record().block());
        anchor(member, block);
        highest = highest.filter(other -> other.compareTo(block) >= 0).or(() -> Optional.of(block));
      }
    }
    return highest;
  }

  private void anchor(Member member, Counter block) {
    anchors++;
    member.record().counter().ifPresent(anchorDensity::add);
    if (lastBlock.isPresent() && block.compareTo(lastBlock.get()) < 0) {
      findings.add(
          at(
                  FaultReason.ANCHOR_BACKWARDS,
                  "anchors block " + block + " after block " + lastBlock.get(),
                  member)
              .from(member.record().source()));
    }
    firstBlock =
        firstBlock.filter(other -> other.compareTo(block) <= 0).or(() -> Optional.of(block));
    lastBlock = lastBlock.filter(other -> other.compareTo(block) >= 0).or(() -> Optional.of(block));
  }

  private Finding at(FaultReason reason, String text, Member member) {
    LinkRecord record = member.record();
    return new Finding(reason, text).on(lane, record.counter()).tie(record.signed());
  }

  /** What the report says about the chain. */
  ChainSummary summary() {
    return new ChainSummary(
        lane.id(),
        proofs,
        duplicates,
        first,
        last,
        ranges.ranges(),
        anchors,
        firstBlock,
        lastBlock,
        ranges.bounds(),
        density.build(),
        anchorDensity.build());
  }
}
