package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Counter;
import java.util.List;

/**
 * How many things there are along a chain's counter, in a bounded number of equal parts: enough to
 * draw them.
 *
 * @param start the first counter of the first part, a multiple of the width
 * @param width how many counters a part has, a power of two
 * @param counts how many things are in each part; the last one holds some, if there are any
 */
@CheckReturnValue
public record CounterDensity(Counter start, long width, List<Long> counts) {
  /**
   * Copies the counts.
   *
   * @param start the first counter
   * @param width counters a part
   * @param counts things a part
   */
  public CounterDensity {
    counts = List.copyOf(counts);
  }
}
