package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of linked proofs, and ranges between anchors, along one chain. */
final class RangeTracker {
  /** A range that still grows. */
  private static final class Open {
    private final Counter first;
    private Counter last;
    private long proofs;
    private Optional<Counter> madeAfter = Optional.empty();
    private boolean madeAfterLinked;
    private Optional<Counter> sealedBefore = Optional.empty();
    private boolean sealedBeforeLinked;

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

    AnchorBounds bounds() {
      return new AnchorBounds(
          first, last, proofs, madeAfter, madeAfterLinked, sealedBefore, sealedBeforeLinked);
    }
  }

  private final int max;
  private final List<Open> ranges = new ArrayList<>();
  private final List<Open> bounds = new ArrayList<>();
  private long rangeCount;
  private long boundsCount;
  private Optional<Open> range = Optional.empty();
  private Optional<Open> bound = Optional.empty();
  private int withoutUpper;
  private Optional<Counter> highestBlock = Optional.empty();
  private boolean linkedToAnchor;
  private boolean forked;

  /** Lists no more than the first {@code max} of each kind. */
  RangeTracker(int max) {
    this.max = max;
  }

  /** From here on the chain is no line: what is before what does not follow from links alone. */
  void fork() {
    forked = true;
    linkedToAnchor = false;
  }

  /**
   * Takes the proofs at the next counter.
   *
   * @param linked whether the links of all of them were followed
   * @param block the block that they anchor
   */
  void accept(Counter counter, long proofs, boolean linked, Optional<Counter> block) {
    if (range.isEmpty() || !linked) {
      range = Optional.of(open(ranges, rangeCount++, counter));
      linkedToAnchor = false;
      bound = Optional.empty();
    }
    block.ifPresent(number -> anchor(number, linked));
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

  private void anchor(Counter number, boolean linked) {
    for (; withoutUpper < bounds.size(); withoutUpper++) {
      Open before = bounds.get(withoutUpper);
      before.sealedBefore = Optional.of(number);
      before.sealedBeforeLinked = linked && !forked && bound.isPresent() && bound.get() == before;
    }
    if (highestBlock.isEmpty() || highestBlock.get().compareTo(number) <= 0) {
      highestBlock = Optional.of(number);
      linkedToAnchor = !forked;
    }
    bound = Optional.empty();
  }

  Listed<LinkedRange> ranges() {
    return new Listed<>(ranges.stream().map(Open::range).toList(), rangeCount);
  }

  Listed<AnchorBounds> bounds() {
    return new Listed<>(bounds.stream().map(Open::bounds).toList(), boundsCount);
  }
}
