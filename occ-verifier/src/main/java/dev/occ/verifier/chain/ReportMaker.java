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
  private final ChainIndex index;
  private final HistoryWalk walk;
  private final Findings findings;
  private final EpochLinks links;
  private final Floors floors;
  private final ReportLimits limits;
  private final Map<Integer, List<ChainIndex.ChainEntry>> chainsOfEpoch = new HashMap<>();

  ReportMaker(
      ChainIndex index,
      HistoryWalk walk,
      Findings findings,
      EpochLinks links,
      Floors floors,
      ReportLimits limits) {
    this.index = index;
    this.walk = walk;
    this.findings = findings;
    this.links = links;
    this.floors = floors;
    this.limits = limits;
    for (ChainIndex.ChainEntry chain : index.chains()) {
      chainsOfEpoch.computeIfAbsent(chain.epoch().number(), n -> new ArrayList<>()).add(chain);
    }
    chainsOfEpoch
        .values()
        .forEach(list -> list.sort(Comparator.comparing(ChainIndex.ChainEntry::id)));
  }

  ChainReport report(long documents, boolean partial, SourceNames names) throws ChainException {
    foreign(FaultReason.FOREIGN_KEY, ChainIndex.EpochEntry::nameHash);
    foreign(FaultReason.FOREIGN_EPOCH, epoch -> epoch.id().publicKey());
    EpochOrder order = new EpochOrder(index.epochs().stream().map(this::node).toList());
    for (EpochOrder.Node conflict : order.conflicts()) {
      findings.add(
          firstChain(conflict.number())
              .asWhole(
                  FaultReason.EPOCH_ORDER_CONFLICT,
                  "names a predecessor that cannot have come before it"));
    }
    long proofs = 0;
    long duplicates = 0;
    for (ChainIndex.ChainEntry chain : index.chains()) {
      proofs += walk.of(chain).proofs();
      duplicates += walk.of(chain).duplicates();
    }
    return new ChainReport(
        documents,
        proofs,
        duplicates,
        index.chains().size(),
        partial,
        epochs(order),
        findings.faults(names));
  }

  /** Epochs that have one thing in common and should not: all but the largest are foreign. */
  private void foreign(FaultReason reason, Function<ChainIndex.EpochEntry, Bytes> common) {
    Map<Bytes, List<ChainIndex.EpochEntry>> groups = new HashMap<>();
    for (ChainIndex.EpochEntry epoch : index.epochs()) {
      boolean nameless = epoch.id().epochId().isEmpty();
      if (!(nameless && reason == FaultReason.FOREIGN_KEY)) {
        groups.computeIfAbsent(common.apply(epoch), key -> new ArrayList<>()).add(epoch);
      }
    }
    for (List<ChainIndex.EpochEntry> group : groups.values()) {
      group.sort(
          Comparator.comparing((ChainIndex.EpochEntry epoch) -> -proofs(epoch.number()))
              .thenComparing(ChainIndex.EpochEntry::id));
      for (ChainIndex.EpochEntry other : group.subList(1, group.size())) {
        findings.add(firstChain(other.number()).asWhole(reason, text(reason, group.get(0), other)));
      }
    }
  }

  private String text(FaultReason reason, ChainIndex.EpochEntry main, ChainIndex.EpochEntry other) {
    String what =
        reason == FaultReason.FOREIGN_KEY
            ? "the epoch has proofs of key " + main.id().publicKey() + " too"
            : "the key speaks for epoch " + main.id().epochId().orElse("(none)") + " too";
    return what + ": " + proofs(main.number()) + " there, " + proofs(other.number()) + " here";
  }

  private long proofs(int epoch) {
    return chainsOf(epoch).stream().mapToLong(chain -> walk.of(chain).proofs()).sum();
  }

  private List<ChainIndex.ChainEntry> chainsOf(int epoch) {
    return chainsOfEpoch.getOrDefault(epoch, List.of());
  }

  private ChainWalk firstChain(int epoch) {
    return walk.of(chainsOf(epoch).get(0));
  }

  private EpochOrder.Node node(ChainIndex.EpochEntry epoch) {
    Optional<Counter> first = Optional.empty();
    Optional<Counter> last = Optional.empty();
    for (ChainIndex.ChainEntry chain : chainsOf(epoch.number())) {
      first = extreme(first, walk.of(chain).firstBlock(), Comparator.naturalOrder());
      last = extreme(last, walk.of(chain).lastBlock(), Comparator.reverseOrder());
    }
    Optional<EpochLinks.Predecessor> predecessor = predecessor(epoch);
    Optional<Integer> before =
        predecessor.flatMap(p -> index.epoch(p.proof().epoch())).map(ChainIndex.EpochEntry::number);
    boolean shown = predecessor.filter(links::isFound).isPresent();
    return new EpochOrder.Node(
        epoch.number(),
        epoch.id(),
        index.isAuthenticated(epoch.number()),
        first,
        last,
        before,
        shown);
  }

  private Optional<EpochLinks.Predecessor> predecessor(ChainIndex.EpochEntry epoch) {
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
    List<ChainIndex.ChainEntry> all = chainsOf(node.number());
    List<ChainSummary> chains =
        all.stream().limit(room).map(chain -> walk.of(chain).summary(floors.of(chain))).toList();
    Optional<EpochLinks.Predecessor> predecessor = predecessor(index.epoch(node.number()));
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
