package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of linked proofs, and ranges between anchors, along one chain. What the report calls
 * linked is decided here.
 */
final class RangeTracker {
  /** A range that still grows. */
  private static final class Open {
    private final Counter first;
    private Counter last;
    private long proofs;
    private @Nullable Counter madeAfter;
    private boolean madeAfterLinked;
    private @Nullable Counter sealedBefore;
    private @Nullable Counter linkedAnchor;

    Open(Counter first) {
      this.first = first;
      this.last = first;
    }

    void grow(Counter counter, long more) {
      last = counter;
      proofs += more;
    }

    LinkedRange range() {
      return new LinkedRange(first, last, proofs);
    }

    AnchorBounds bounds(Predicate<Counter> beforeFork, boolean authenticated) {
      return new AnchorBounds(
          first,
          last,
          proofs,
          Optional.ofNullable(madeAfter),
          madeAfterLinked && beforeFork.test(first),
          Optional.ofNullable(sealedBefore),
          linkedAnchor != null && beforeFork.test(linkedAnchor),
          authenticated);
    }
  }

  private final int max;
  private final boolean authenticated;
  private final List<Open> ranges = new ArrayList<>();
  private final List<Open> bounds = new ArrayList<>();
  private long rangeCount;
  private long boundsCount;
  private @Nullable Open range;
  private @Nullable Open bound;
  private int withoutUpper;
  private @Nullable Counter highestBlock;
  private boolean linkedToAnchor;
  private @Nullable Counter forkedFrom;

  /**
   * Lists no more than the first of each kind.
   *
   * @param max how many of each
   * @param authenticated whether the anchors are
   */
  RangeTracker(int max, boolean authenticated) {
    this.max = max;
    this.authenticated = authenticated;
  }

  /**
   * From a counter on the chain is known to be no line: what is before what does not follow from
   * links alone. May be said at any time, also when the ranges are complete.
   */
  void fork(Counter from) {
    if (forkedFrom == null || from.compareTo(forkedFrom) < 0) {
      forkedFrom = from;
    }
  }

  private boolean isBeforeFork(Counter counter) {
    return forkedFrom == null || counter.compareTo(forkedFrom) < 0;
  }

  /**
   * Takes the proofs at the next counter.
   *
   * @param linked whether each of them names a proof at the counter that was taken before
   * @param block the block that they anchor
   */
  void accept(Counter counter, long proofs, boolean linked, Optional<Counter> block) {
    if (range == null || !linked) {
      range = open(ranges, rangeCount++, counter);
      linkedToAnchor = false;
      bound = null;
    }
    block.ifPresent(number -> anchor(number, counter, linked));
    if (bound == null) {
      Open next = open(bounds, boundsCount++, counter);
      next.madeAfter = highestBlock;
      next.madeAfterLinked = highestBlock != null && linkedToAnchor;
      bound = next;
    }
    range.grow(counter, proofs);
    bound.grow(counter, proofs);
  }

  private Open open(List<Open> list, long index, Counter counter) {
    Open open = new Open(counter);
    if (index < max) {
      list.add(open);
    }
    return open;
  }

  private void anchor(Counter number, Counter counter, boolean linked) {
    for (; withoutUpper < bounds.size(); withoutUpper++) {
      Open before = bounds.get(withoutUpper);
      before.sealedBefore = number;
      if (linked && bound != null && bound == before) {
        before.linkedAnchor = counter;
      }
    }
    if (highestBlock == null || highestBlock.compareTo(number) <= 0) {
      highestBlock = number;
      linkedToAnchor = true;
    }
    bound = null;
  }

  Listed<LinkedRange> ranges() {
    return new Listed<>(ranges.stream().map(Open::range).toList(), rangeCount);
  }

  Listed<AnchorBounds> bounds() {
    return new Listed<>(
        bounds.stream().map(open -> open.bounds(this::isBeforeFork, authenticated)).toList(),
        boundsCount);
  }
}
