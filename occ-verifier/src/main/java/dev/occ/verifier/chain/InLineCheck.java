package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds out whether proofs come in order and every chain is a line from its beginning, slots
 * included; then nothing has to be sorted. Remembers the end of each chain and the counters that
 * were passed over, not the proofs.
 */
final class InLineCheck {
  /** With more counters passed over in separate places, sorting is cheaper. */
  static final int MAX_HOLES = 200_000;

  /** The end of one chain. */
  private static final class Head {
    private Bytes sealed;
    private Counter counter;
    private final TreeMap<Long, Long> holes = new TreeMap<>(Long::compareUnsigned);

    Head(Bytes sealed, Counter counter) {
      this.sealed = sealed;
      this.counter = counter;
    }

    /** Notes the counters between two; returns how many holes were added. */
    int skip(long after, long before) {
      if (Long.compareUnsigned(before - after, 1) <= 0) {
        return 0;
      }
      holes.put(after + 1, before - 1);
      return 1;
    }

    /** Whether a counter was passed over; from now on it is taken. */
    boolean take(long counterBits) {
      Map.Entry<Long, Long> hole = holes.floorEntry(counterBits);
      if (hole == null || Long.compareUnsigned(hole.getValue(), counterBits) < 0) {
        return false;
      }
      holes.remove(hole.getKey());
      if (hole.getKey() != counterBits) {
        holes.put(hole.getKey(), counterBits - 1);
      }
      if (hole.getValue() != counterBits) {
        holes.put(counterBits + 1, hole.getValue());
      }
      return true;
    }
  }

  private final Map<Integer, Head> heads = new HashMap<>();
  private boolean inLine = true;
  private long holes;

  boolean isInLine() {
    return inLine;
  }

  /** Says that links have to be looked for among several forms of a proof. */
  void notInLine() {
    inLine = false;
    heads.clear();
  }

  /** Gives back the memory. */
  void forget() {
    heads.clear();
  }

  void accept(LinkRecord record) {
    if (inLine && !(follows(record) && holes <= MAX_HOLES)) {
      notInLine();
    }
  }

  private boolean follows(LinkRecord record) {
    Optional<Counter> counter = record.counter();
    if (counter.isEmpty()) {
      return false;
    }
    Head head = heads.get(record.lane());
    if (head == null) {
      head = new Head(record.sealed(), counter.get());
      heads.put(record.lane(), head);
      holes += head.skip(0, counter.get().bits());
      return record.prev().isEmpty() && takeSlot(head, record);
    }
    if (!record.prev().equals(Optional.of(head.sealed))
        || counter.get().compareTo(head.counter) <= 0) {
      return false;
    }
    holes += head.skip(head.counter.bits(), counter.get().bits());
    head.sealed = record.sealed();
    head.counter = counter.get();
    return takeSlot(head, record);
  }

  private boolean takeSlot(Head head, LinkRecord record) {
    if (record.slot().isEmpty()) {
      return true;
    }
    int before = head.holes.size();
    boolean free = head.take(record.slot().get().bits());
    holes += head.holes.size() - before;
    return free;
  }
}
