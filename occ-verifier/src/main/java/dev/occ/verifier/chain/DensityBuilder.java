package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts things along rising counters; doubles the width of its parts when they get too many. */
final class DensityBuilder {
  private final int maxParts;
  private long[] counts = new long[0];
  private long firstPart;
  private int shift;
  private int used;

  DensityBuilder(int maxParts) {
    this.maxParts = maxParts;
  }

  void add(Counter counter) {
    if (used == 0) {
      firstPart = counter.bits() >>> shift;
    }
    while (Long.compareUnsigned((counter.bits() >>> shift) - firstPart, maxParts) >= 0) {
      widen();
    }
    int index = (int) ((counter.bits() >>> shift) - firstPart);
    if (index >= counts.length) {
      counts = Arrays.copyOf(counts, Math.min(maxParts, Math.max(index + 1, 2 * counts.length)));
    }
    counts[index]++;
    used = Math.max(used, index + 1);
  }

  private void widen() {
    long newFirst = firstPart >>> 1;
    int newUsed = 0;
    for (int i = 0; i < used; i++) {
      int index = (int) (((firstPart + i) >>> 1) - newFirst);
      long count = counts[i];
      counts[i] = 0;
      counts[index] += count;
      newUsed = index + 1;
    }
    firstPart = newFirst;
    used = newUsed;
    shift++;
  }

  CounterDensity build() {
    List<Long> list = new ArrayList<>(used);
    for (int i = 0; i < used; i++) {
      list.add(counts[i]);
    }
    return new CounterDensity(new Counter(firstPart << shift), 1L << shift, list);
  }
}
