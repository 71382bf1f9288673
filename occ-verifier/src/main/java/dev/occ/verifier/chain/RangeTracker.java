package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
    private Optional<Counter> madeAfter = Optional.empty();
    private boolean madeAfterLinked;
    private Optional<Counter> sealedBefore = Optional.empty();
    private Optional<Counter> linkedAnchor = Optional.empty();

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
          madeAfter,
          madeAfterLinked && beforeFork.test(first),
          sealedBefore,
          linkedAnchor.filter(beforeFork).isPresent(),
          authenticated);
    }
  }

  private final int max;
  private final boolean authenticated;
  private final List<Open> ranges = new ArrayList<>();
  private final List<Open> bounds = new ArrayList<>();
  private long rangeCount;
  private long boundsCount;
  private Optional<Open> range = Optional.empty();
  private Optional<Open> bound = Optional.empty();
  private int withoutUpper;
  private Optional<Counter> highestBlock = Optional.empty();
  private boolean linkedToAnchor;
  private Optional<Counter> forkedFrom = Optional.empty();

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
    forkedFrom = forkedFrom.filter(known -> known.compareTo(from) <= 0).or(() -> Optional.of(from));
  }

  private boolean isBeforeFork(Counter counter) {
    return forkedFrom.isEmpty() || counter.compareTo(forkedFrom.get()) < 0;
  }

  /**
   * Takes the proofs at the next counter.
   *
   * @param linked whether each of them names a proof at the counter that was taken before
   * @param block the block that they anchor
   */
  void accept(Counter counter, long proofs, boolean linked, Optional<Counter> block) {
    if (range.isEmpty() || !linked) {
      range = Optional.of(open(ranges, rangeCount++, counter));
      linkedToAnchor = false;
      bound = Optional.empty();
    }
    block.ifPresent(number -> anchor(number, counter, linked));
    if (bound.isEmpty()) {
      Open next = open(bounds, boundsCount++, counter);
      next.madeAfter = highestBlock;
      next.madeAfterLinked = highestBlock.isPresent() && linkedToAnchor;
      bound = Optional.of(next);
    }
    range.get().grow(counter, proofs);
    bound.get().grow(counter, proofs);
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
      before.sealedBefore = Optional.of(number);
      if (linked && bound.isPresent() && bound.get() == before) {
        before.linkedAnchor = Optional.of(counter);
      }
    }
    if (highestBlock.isEmpty() || highestBlock.get().compareTo(number) <= 0) {
      highestBlock = Optional.of(number);
      linkedToAnchor = true;
    }
    bound = Optional.empty();
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
