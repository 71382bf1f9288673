package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the floors of one chain along the counters of its slots (spec 10). For use by one thread.
 *
 * <p>A floor was fixed when its slot was made, so floors rise with the slots' counters whatever the
 * order of the commits. A slot's anchor repeats the newest anchor below the slot; that anchor may
 * not be among the given proofs, but no newer one may be.
 */
final class FloorWalk {
  private final ChainIndex.ChainEntry chain;
  private final Findings findings;
  private final int max;
  private final List<FloorBounds> bounds = new ArrayList<>();
  private long boundsCount;
  private @Nullable FloorRow anchor;
  private @Nullable FloorRow last;
  private @Nullable FloorRow highestAnchor;
  private @Nullable FloorRow highestBase;
  private @Nullable FloorRow first;
  private long proofs;

  FloorWalk(ChainIndex.ChainEntry chain, Findings findings, int max) {
    this.chain = chain;
    this.findings = findings;
    this.max = max;
  }

  /** Takes the next row of the chain. */
  void accept(FloorRow row) {
    switch (row.kind()) {
      case ANCHOR -> anchor = row;
      case BOTH -> {
        if (isNew(row)) {
          report(FaultReason.FLOOR_AMBIGUOUS, "has two floors, so neither bounds it", row);
        }
        last = row;
      }
      case SLOT_ANCHOR -> {
        if (isNew(row)) {
          compareWithAnchor(row);
          highestAnchor = rise(row, highestAnchor);
          bound(row);
        }
        last = row;
      }
      case BASE -> {
        if (isNew(row)) {
          highestBase = rise(row, highestBase);
          bound(row);
        }
        last = row;
      }
    }
  }

  /** Copies of one signed statement come one after the other. */
  private boolean isNew(FloorRow row) {
    return last == null || !last.signed().equals(row.signed());
  }

  private void compareWithAnchor(FloorRow row) {
    if (anchor == null) {
      return;
    }
    int order = row.anchorCounter().compareTo(anchor.place());
    if (order == 0 && !row.isOfBlock(anchor)) {
      mismatch("repeats another block than the anchor at counter " + anchor.place(), row);
    } else if (order < 0) {
      mismatch(
          "repeats the anchor at counter "
              + row.anchorCounter()
              + ", though the one at "
              + anchor.place()
              + " is newer",
          row);
    }
  }

  private void mismatch(String text, FloorRow row) {
    report(FaultReason.SLOT_ANCHOR_MISMATCH, text, row);
  }

  private FloorRow rise(FloorRow row, @Nullable FloorRow highest) {
    if (highest == null || row.number() > highest.number()) {
      return row;
    }
    if (row.number() < highest.number()) {
      report(
          FaultReason.FLOOR_BACKWARDS,
          "has a floor of block " + row.number() + " after one of block " + highest.number(),
          row);
    } else if (!row.isOfBlock(highest)) {
      report(
          FaultReason.FLOOR_CONFLICT,
          "has a floor of block " + row.number() + " with another hash than a floor before",
          row);
    }
    return highest;
  }

  private void report(FaultReason reason, String text, FloorRow row) {
    findings.add(
        new Finding(reason, text).on(chain, row.counter()).tie(row.signed()).from(row.source()));
  }

  private void bound(FloorRow row) {
    if (first != null && first.floor().equals(row.floor())) {
      proofs++;
    } else {
      first = row;
      proofs = 1;
      boundsCount++;
    }
    Counter from = first.place();
    if (boundsCount <= max) {
      FloorBounds open = new FloorBounds(from, row.place(), proofs, row.floor());
      if (proofs > 1) {
        bounds.set(bounds.size() - 1, open);
      } else {
        bounds.add(open);
      }
    }
  }

  Listed<FloorBounds> bounds() {
    return new Listed<>(bounds, boundsCount);
  }
}
