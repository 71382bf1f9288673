package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Judges links that could not be followed (spec 7 and 11). For use by one thread.
 *
 * <p>{@link LinkJoin} sorts its rows by the hash that is named, then by kind, then by chain and by
 * place. One pass over them therefore meets the named proof first, if it was given at all, and
 * after it all proofs that name it, those of one chain together. The state is that of one hash and
 * one chain: it is judged and forgotten when either changes ({@link #finish}).
 *
 * <p>A proof that names another is judged by what stands at that hash. Nothing: the predecessor is
 * missing, which is a gap if the counters leave room for it and a broken link if not. A proof of
 * another chain: a foreign link, unless the two chains clash anyway. A proof whose counter is not
 * lower: the counters do not increase. A proof below the one that the walk had before: the proof
 * goes past others, which is a fork. Otherwise the link holds, and nothing is said.
 *
 * <p>Several proofs of one chain that name one hash from different places are a fork, reported once
 * with all of them; at one place the walk has reported it already. Copies of one signed statement
 * count once. A row of kind {@code PASSING} asks about a run that a proof left out: it is a fault
 * of its own only if that run begins outside of the chain, because otherwise the place where it
 * begins is itself a fork with a report. From the counter at which a fork is shown, the chain's
 * ranges no longer count as linked, so each verdict of that kind also tells {@code forks}.
 */
final class LinkVerdicts {
  private final Lanes lanes;
  private final Findings findings;
  private final BiConsumer<Lanes.Lane, Counter> forks;
  private Optional<LinkJoin.Row> named = Optional.empty();
  private Optional<LinkJoin.Row> last = Optional.empty();
  private final List<Source> sources = new ArrayList<>();
  private long statements;
  private boolean severalPlaces;
  private Optional<Counter> forkedFrom = Optional.empty();
  private Optional<LinkJoin.Row> firstNaming = Optional.empty();
  private Optional<LinkJoin.Row> passing = Optional.empty();

  /**
   * For the links of a history.
   *
   * @param forks takes the chains that have forked, and from which counter on that is shown
   */
  LinkVerdicts(Lanes lanes, Findings findings, BiConsumer<Lanes.Lane, Counter> forks) {
    this.lanes = lanes;
    this.findings = findings;
    this.forks = forks;
  }

  void accept(LinkJoin.Row row) {
    if (last.isEmpty() || !last.get().hash().equals(row.hash())) {
      finish();
      named = Optional.empty();
    } else if (last.get().lane() != row.lane() || last.get().kind() != row.kind()) {
      finish();
    }
    switch (row.kind()) {
      case NAMED -> named = Optional.of(row);
      case NAMING -> {
        boolean copy =
            last.isPresent() && firstNaming.isPresent() && last.get().signed().equals(row.signed());
        if (!copy) {
          naming(row);
        }
      }
      case PASSING -> passing(row);
    }
    last = Optional.of(row);
  }

  /** A signed statement that was not met before at this hash and chain. */
  private void naming(LinkJoin.Row row) {
    boolean first = firstNaming.isEmpty();
    statements++;
    if (sources.size() < Finding.MAX_SOURCES) {
      sources.add(row.source());
    }
    if (first) {
      firstNaming = Optional.of(row);
    } else if (row.counter().isEmpty() || !row.counter().equals(last.get().counter())) {
      severalPlaces = true; // at one place the walk has reported it
    }
    if (severalPlaces) {
      forkedFrom = forkedFrom.or(row::counter);
    }
    if (row.context().isPresent()) {
      judge(row, row.context().get(), first);
    }
  }

  private void judge(LinkJoin.Row row, LinkJoin.Context context, boolean first) {
    if (named.isEmpty()) {
      if (first && row.counter().isPresent()) {
        missing(row, context);
      }
      return;
    }
    LinkJoin.Row predecessor = named.get();
    if (predecessor.lane() != row.lane()) {
      if (!lanes.clash(row.lane(), predecessor.lane())) {
        ChainId other = lanes.lane(predecessor.lane()).id();
        report(
            row,
            new Finding(
                FaultReason.FOREIGN_LINK,
                "names as its predecessor proof "
                    + text(predecessor.counter())
                    + " of another chain, "
                    + other.chain()
                    + " of epoch "
                    + other.epochId().orElse("(none)")));
      }
    } else if (row.counter().isPresent()
        && predecessor.counter().isPresent()
        && row.counter().get().compareTo(predecessor.counter().get()) <= 0) {
      report(
          row,
          new Finding(
              FaultReason.COUNTER_NOT_INCREASING,
              "names as its predecessor the proof at counter "
                  + predecessor.counter().get()
                  + ", which is not below its own"));
    } else {
      predecessor
          .variant()
          .finding()
          .ifPresent(note -> report(row, note.after(predecessor.counter())));
      if (goesPast(row, context, predecessor)) {
        passing = passing.or(() -> Optional.of(row));
      }
    }
  }

  /** Whether there is a place between a proof and the one that it names. */
  private static boolean goesPast(
      LinkJoin.Row row, LinkJoin.Context context, LinkJoin.Row predecessor) {
    return row.counter().isPresent()
        && predecessor.counter().isPresent()
        && context.after().isPresent()
        && context.after().get().compareTo(predecessor.counter().get()) > 0;
  }

  /**
   * A proof that leaves out others that stand between its predecessor and itself. When what the
   * first of them names is on the chain, so is the place where the branches part, and is reported.
   */
  private void passing(LinkJoin.Row row) {
    if (named.isEmpty() || named.get().lane() != row.lane()) {
      report(row);
    }
  }

  private void report(LinkJoin.Row row) {
    Lanes.Lane lane = lanes.lane(row.lane());
    row.counter().ifPresent(from -> forks.accept(lane, from));
    Optional<Counter> passed = row.context().flatMap(LinkJoin.Context::after);
    findings.add(bypass(passed).on(lane, row.counter()).tie(row.signed()).from(row.source()));
  }

  /** To be completed with the proof that goes past others, the last of which has that counter. */
  static Finding bypass(Optional<Counter> passed) {
    return new Finding(
            FaultReason.FORK_BYPASS,
            "names a predecessor below the proof at counter "
                + text(passed)
                + ", and so leaves that one out")
        .after(passed);
  }

  /** The predecessor is not there: is there room for it? */
  private void missing(LinkJoin.Row row, LinkJoin.Context context) {
    boolean room = context.room() != 0;
    Finding finding;
    if (context.first()) {
      finding =
          room
              ? new Finding(
                  FaultReason.MISSING_START, "is the first one given, and names a predecessor")
              : new Finding(
                  FaultReason.FIRST_WITH_PREV,
                  "names a predecessor, and no counter is left before it");
    } else {
      finding =
          room
              ? new Finding(FaultReason.GAP, "names a predecessor that is missing")
              : new Finding(
                  FaultReason.BROKEN_LINK,
                  "names a predecessor that cannot exist: no counter is left for it");
    }
    if (room) {
      finding.missingAtMost(context.room());
    }
    report(row, finding.after(context.after()));
  }

  private void report(LinkJoin.Row row, Finding finding) {
    findings.add(
        finding.on(lanes.lane(row.lane()), row.counter()).tie(row.signed()).from(row.source()));
  }

  /** Ends the proofs of one chain that name one predecessor. */
  void finish() {
    if (statements > 1 && severalPlaces) {
      LinkJoin.Row row =
          firstNaming.orElseThrow(() -> new IllegalStateException("several have a first"));
      String where =
          named.isPresent() && named.get().lane() == row.lane()
              ? "the proof at counter " + text(named.get().counter())
              : "one proof that is not on this chain";
      findings.add(
          new Finding(
                  FaultReason.FORK_PREV,
                  statements + " different proofs name as their predecessor " + where)
              .on(lanes.lane(row.lane()), row.counter())
              .after(named.filter(n -> n.lane() == row.lane()).flatMap(LinkJoin.Row::counter))
              .tie(Bytes.sha256(row.hash().toByteArray()))
              .from(sources, statements));
      forks.accept(lanes.lane(row.lane()), forkedFrom.orElse(Counter.ZERO));
    } else {
      passing.ifPresent(this::report);
    }
    statements = 0;
    severalPlaces = false;
    forkedFrom = Optional.empty();
    passing = Optional.empty();
    firstNaming = Optional.empty();
    sources.clear();
  }

  private static String text(Optional<Counter> counter) {
    return counter.map(Counter::toString).orElse("without counter");
  }
}
