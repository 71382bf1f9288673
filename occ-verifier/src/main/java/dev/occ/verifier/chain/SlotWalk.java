package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the slots of all chains beside {@link ChainWalk}: which counters they take, and whether
 * one is taken twice (spec 5).
 */
final class SlotWalk {
  private final RecordCursor cursor;
  private final Findings findings;
  private @Nullable SlotRow next;
  private boolean started;

  /** Slots of all chains, in their order. */
  SlotWalk(RecordCursor cursor, Findings findings) {
    this.cursor = cursor;
    this.findings = findings;
  }

  /**
   * Passes the slots of a chain up to and with a counter.
   *
   * @param after the commit before; slots at or below it are not counted
   * @return how many counters between the two are taken by slots
   */
  long passTo(ChainIndex.ChainEntry chain, Counter after, Counter commit) throws ChainException {
    long taken = 0;
    while (isAt(chain) && current().counter().compareTo(commit) < 0) {
      if (current().counter().compareTo(after) > 0) {
        taken++;
      }
      passOne(chain);
    }
    if (isAt(chain) && current().counter().equals(commit)) {
      SlotRow row = current();
      findings.add(
          new Finding(
                  FaultReason.SLOT_AND_COMMIT,
                  "is the counter of a commit and of the slot of the commit at " + row.commit())
              .on(chain, Optional.of(commit))
              .tie(row.signed())
              .from(row.source()));
      passOne(chain);
    }
    return taken;
  }

  /** Passes all slots of one counter. */
  private void passOne(ChainIndex.ChainEntry chain) throws ChainException {
    SlotRow first = current();
    SlotRow last = first;
    List<Source> sources = new ArrayList<>(List.of(first.source()));
    long uses = 1;
    boolean oneSlot = true;
    boolean oneCommit = true;
    for (step(); isAt(chain) && current().counter().equals(first.counter()); step()) {
      SlotRow row = current();
      oneSlot &= row.slotHash().equals(first.slotHash());
      oneCommit &= row.commit().equals(first.commit());
      if (!row.signed().equals(last.signed()) || !row.slotHash().equals(last.slotHash())) {
        uses++;
        if (sources.size() < Finding.MAX_SOURCES) {
          sources.add(row.source());
        }
      }
      last = row;
    }
    if (uses > 1 && !oneCommit) { // at one counter the walk has reported it
      report(chain, first, oneSlot, uses, sources);
    }
  }

  private void report(
      ChainIndex.ChainEntry chain,
      SlotRow first,
      boolean oneSlot,
      long uses,
      List<Source> sources) {
    Finding finding =
        oneSlot
            ? new Finding(
                FaultReason.FORK_SLOT, uses + " different proofs used the slot of this counter")
            : new Finding(FaultReason.SLOT_COUNTER_TWICE, "different slots have this counter");
    Bytes tie = Bytes.sha256(first.slotHash().toByteArray());
    findings.add(finding.on(chain, Optional.of(first.counter())).tie(tie).from(sources, uses));
  }

  /** Whether the next slot is on this chain; slots of chains before were passed. */
  private boolean isAt(ChainIndex.ChainEntry chain) throws ChainException {
    if (!started) {
      started = true;
      step();
    }
    return next != null && next.chain() == chain.number();
  }

  private SlotRow current() {
    if (next == null) {
      throw new IllegalStateException("there is no slot here");
    }
    return next;
  }

  private void step() throws ChainException {
    next = cursor.advance() ? SlotRow.decode(cursor.record()) : null;
  }
}
