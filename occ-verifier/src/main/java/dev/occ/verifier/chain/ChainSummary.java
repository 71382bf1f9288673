package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Counter;
import java.util.Optional;

/**
 * One chain of one epoch, as far as it was given.
 *
 * @param id epoch, key and name
 * @param proofs how many different valid proofs there are
 * @param duplicates how many identical copies there are beyond
 * @param first the lowest counter of a proof
 * @param last the highest counter of a proof; whether more followed, nothing can show
 * @param ranges the runs of linked proofs, in the order of their counters; one on a sound chain
 * @param anchors how many anchors there are on which the bounds rest
 * @param anchorsAuthenticated whether these are authenticated (spec 10): the epoch has
 *     authenticated anchors, and no others bound anything
 * @param anchorsIgnored how many anchors bound nothing, for they are not authenticated
 * @param firstBlock the lowest anchored block
 * @param lastBlock the highest anchored block
 * @param bounds between which anchors the proofs lie, in the order of their counters
 * @param floors what the slots' floors show, in the order of the slots' counters
 * @param density how the proofs lie along the counter
 * @param anchorDensity how the anchors lie along the counter
 */
@CheckReturnValue
public record ChainSummary(
    ChainId id,
    long proofs,
    long duplicates,
    Optional<Counter> first,
    Optional<Counter> last,
    Listed<LinkedRange> ranges,
    long anchors,
    boolean anchorsAuthenticated,
    long anchorsIgnored,
    Optional<Counter> firstBlock,
    Optional<Counter> lastBlock,
    Listed<AnchorBounds> bounds,
    Listed<FloorBounds> floors,
    CounterDensity density,
    CounterDensity anchorDensity) {

  /**
   * Between which anchors a proof lies.
   *
   * @param counter the proof's counter
   * @return empty if there is no such proof, or its range is not among those that are shown
   */
  public Optional<AnchorBounds> boundsOf(Counter counter) {
    return bounds.shown().stream()
        .filter(b -> b.first().compareTo(counter) <= 0 && b.last().compareTo(counter) >= 0)
        .findFirst();
  }
}
