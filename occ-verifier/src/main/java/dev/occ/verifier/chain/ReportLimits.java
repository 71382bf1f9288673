package dev.occ.verifier.chain;

/**
 * How much detail a report holds; totals are always exact.
 *
 * @param chains chains, and epochs
 * @param rangesPerChain ranges of each chain
 * @param partsPerChain parts of each chain's density
 */
record ReportLimits(int chains, int rangesPerChain, int partsPerChain) {
  /** With this many chains, each has this many parts, so that drawings stay of one size. */
  static int partsFor(int chains) {
    int share = (1 << 18) / Math.max(1, chains);
    return Math.max(64, Math.min(1 << 16, Integer.highestOneBit(Math.max(1, share))));
  }

  /** The same for ranges. */
  static int rangesFor(int chains) {
    return Math.max(8, Math.min(1000, 100_000 / Math.max(1, chains)));
  }
}
