package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts together what the walks have found: epochs in order, and what is foreign in them. */
final class ReportMaker {
  private final Lanes lanes;
  private final HistoryWalk walk;
  private final Findings findings;
  private final EpochLinks links;
  private final Floors floors;
  private final ReportLimits limits;
  private final Map<Integer, List<Lanes.Lane>> lanesOfEpoch = new HashMap<>();

  ReportMaker(
      Lanes lanes,
      HistoryWalk walk,
      Findings findings,
      EpochLinks links,
      Floors floors,
      ReportLimits limits) {
    this.lanes = lanes;
    this.walk = walk;
    this.findings = findings;
    this.links = links;
    this.floors = floors;
    this.limits = limits;
    for (Lanes.Lane lane : lanes.lanes()) {
      lanesOfEpoch.computeIfAbsent(lane.epoch().number(), n -> new ArrayList<>()).add(lane);
    }
    lanesOfEpoch.values().forEach(list -> list.sort(Comparator.comparing(Lanes.Lane::id)));
  }

  ChainReport report(long documents, boolean partial, SourceNames names) throws ChainException {
    foreign(FaultReason.FOREIGN_KEY, Lanes.EpochEntry::nameHash);
    foreign(FaultReason.FOREIGN_EPOCH, epoch -> epoch.id().publicKey());
    EpochOrder order = new EpochOrder(lanes.epochs().stream().map(this::node).toList());
    for (EpochOrder.Node conflict : order.conflicts()) {
      findings.add(
          firstLane(conflict.number())
              .asWhole(
                  FaultReason.EPOCH_ORDER_CONFLICT,
                  "names a predecessor that cannot have come before it"));
    }
    long proofs = 0;
    long duplicates = 0;
    for (Lanes.Lane lane : lanes.lanes()) {
      proofs += walk.of(lane).proofs();
      duplicates += walk.of(lane).duplicates();
    }
    return new ChainReport(
        documents,
        proofs,
        duplicates,
        lanes.lanes().size(),
        partial,
        epochs(order),
        findings.faults(names));
  }

  /** Epochs that have one thing in common and should not: all but the largest are foreign. */
  private void foreign(FaultReason reason, Function<Lanes.EpochEntry, Bytes> common) {
    Map<Bytes, List<Lanes.EpochEntry>> groups = new HashMap<>();
    for (Lanes.EpochEntry epoch : lanes.epochs()) {
      boolean nameless = epoch.id().epochId().isEmpty();
      if (!(nameless && reason == FaultReason.FOREIGN_KEY)) {
        groups.computeIfAbsent(common.apply(epoch), key -> new ArrayList<>()).add(epoch);
      }
    }
    for (List<Lanes.EpochEntry> group : groups.values()) {
      group.sort(
          Comparator.comparing((Lanes.EpochEntry epoch) -> -proofs(epoch.number()))
              .thenComparing(Lanes.EpochEntry::id));
      for (Lanes.EpochEntry other : group.subList(1, group.size())) {
        findings.add(firstLane(other.number()).asWhole(reason, text(reason, group.get(0), other)));
      }
    }
  }

  private String text(FaultReason reason, Lanes.EpochEntry main, Lanes.EpochEntry other) {
    String what =
        reason == FaultReason.FOREIGN_KEY
            ? "the epoch has proofs of key " + main.id().publicKey() + " too"
            : "the key speaks for epoch " + main.id().epochId().orElse("(none)") + " too";
    return what + ": " + proofs(main.number()) + " there, " + proofs(other.number()) + " here";
  }

  private long proofs(int epoch) {
    return lanesOf(epoch).stream().mapToLong(lane -> walk.of(lane).proofs()).sum();
  }

  private List<Lanes.Lane> lanesOf(int epoch) {
    return lanesOfEpoch.getOrDefault(epoch, List.of());
  }

  private LaneWalk firstLane(int epoch) {
    return walk.of(lanesOf(epoch).get(0));
  }

  private EpochOrder.Node node(Lanes.EpochEntry epoch) {
    Optional<Counter> first = Optional.empty();
    Optional<Counter> last = Optional.empty();
    for (Lanes.Lane lane : lanesOf(epoch.number())) {
      first = extreme(first, walk.of(lane).firstBlock(), Comparator.naturalOrder());
      last = extreme(last, walk.of(lane).lastBlock(), Comparator.reverseOrder());
    }
    Optional<EpochLinks.Predecessor> predecessor = predecessor(epoch);
    Optional<Integer> before =
        predecessor.flatMap(p -> lanes.epoch(p.proof().epoch())).map(Lanes.EpochEntry::number);
    boolean shown = predecessor.filter(links::isFound).isPresent();
    return new EpochOrder.Node(
        epoch.number(),
        epoch.id(),
        lanes.isAuthenticated(epoch.number()),
        first,
        last,
        before,
        shown);
  }

  private Optional<EpochLinks.Predecessor> predecessor(Lanes.EpochEntry epoch) {
    return Optional.ofNullable(links.predecessors().get(epoch.hash()));
  }

  private static Optional<Counter> extreme(
      Optional<Counter> a, Optional<Counter> b, Comparator<Counter> order) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(order.compare(a.get(), b.get()) <= 0 ? a.get() : b.get())
        : a.or(() -> b);
  }

  private Listed<EpochSummary> epochs(EpochOrder order) {
    List<EpochSummary> shown = new ArrayList<>();
    int room = limits.chains();
    for (EpochOrder.Node node : order.order()) {
      if (shown.size() < limits.chains()) {
        EpochSummary summary = summary(node, order.place(node.number()), room);
        room -= summary.chains().shown().size();
        shown.add(summary);
      }
    }
    return new Listed<>(shown, order.order().size());
  }

  private EpochSummary summary(EpochOrder.Node node, EpochPlace place, int room) {
    List<Lanes.Lane> all = lanesOf(node.number());
    List<ChainSummary> chains =
        all.stream().limit(room).map(lane -> walk.of(lane).summary(floors.of(lane))).toList();
    Optional<EpochLinks.Predecessor> predecessor = predecessor(lanes.epoch(node.number()));
    return new EpochSummary(
        node.id().epochId(),
        node.id().publicKey(),
        proofs(node.number()),
        place,
        node.authenticated(),
        node.firstBlock(),
        node.lastBlock(),
        predecessor.map(EpochLinks.Predecessor::name),
        node.before().isPresent(),
        new Listed<>(chains, all.size()));
  }
}
