package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Counts findings exactly and keeps the first of each reason, in an order that depends on what they
 * are and not on when they were found.
 */
final class Findings {
  private static final Comparator<Bytes> BY_BYTES =
      Comparator.comparing(Bytes::toByteArray, Arrays::compareUnsigned);
  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> !finding.isAuthenticated())
          .thenComparing(
              finding ->
                  finding.chain().map(ChainIndex.ChainEntry::hash).orElse(Bytes.of(new byte[0])),
              BY_BYTES)
          .thenComparing(finding -> finding.counter().orElse(Counter.ZERO))
          .thenComparing(Finding::tie, BY_BYTES);

  private final int maxPerReason;
  private final Map<FaultReason, Long> totals = new EnumMap<>(FaultReason.class);
  private final Map<FaultReason, PriorityQueue<Finding>> kept = new EnumMap<>(FaultReason.class);

  Findings(int maxPerReason) {
    this.maxPerReason = maxPerReason;
  }

  long total(FaultReason reason) {
    return totals.getOrDefault(reason, 0L);
  }

  void add(Finding finding) {
    totals.merge(finding.reason(), 1L, Long::sum);
    PriorityQueue<Finding> queue =
        kept.computeIfAbsent(finding.reason(), reason -> new PriorityQueue<>(ORDER.reversed()));
    queue.add(finding);
    if (queue.size() > maxPerReason) {
      queue.remove();
    }
  }

  Map<FaultReason, Listed<ChainFault>> faults(SourceNames names) throws ChainException {
    Map<FaultReason, Listed<ChainFault>> faults = new EnumMap<>(FaultReason.class);
    for (Map.Entry<FaultReason, PriorityQueue<Finding>> entry : kept.entrySet()) {
      List<Finding> sorted = new ArrayList<>(entry.getValue());
      sorted.sort(ORDER);
      List<ChainFault> shown = new ArrayList<>();
      for (Finding finding : sorted) {
        shown.add(finding.fault(names));
      }
      // By name for people; what was kept had to be chosen without names.
      shown.sort(Comparator.comparing(fault -> fault.chain().map(ChainId::toString).orElse("")));
      faults.put(entry.getKey(), new Listed<>(shown, total(entry.getKey())));
    }
    return faults;
  }
}
