package dev.occ.signer.soft;

/** Where random bytes come from. A seam so that the test-jar can offer a repeatable signer. */
@FunctionalInterface
interface Entropy {
  /** Fills the whole array; safe for use by many threads at once. */
  void fill(byte[] target);
}
