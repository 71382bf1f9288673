package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What many proofs tell together. The same whatever the order of the input and the number of
 * threads. Lists are bounded, totals exact.
 *
 * <p>What is found about anchors and floors leaves a history sound: whoever may commit can write an
 * anchor that is not authenticated (spec 10). {@link #anchorFindingCount()} counts it.
 *
 * <p>A sound history is one in which every document is a valid proof, every chain is a line from
 * its first proof on, and nothing contradicts anything else. What came after the last proof of a
 * chain, and whether there are more chains, no set of proofs can show.
 *
 * @param documents how many documents were given
 * @param proofs how many different valid proofs there are
 * @param duplicates how many identical copies there are beyond
 * @param chainCount how many chains there are
 * @param partial whether chains were allowed to begin in the middle
 * @param epochs the epochs in order, as far as an order is shown
 * @param findings what was found, by reason
 */
@CheckReturnValue
public record ChainReport(
    long documents,
    long proofs,
    long duplicates,
    long chainCount,
    boolean partial,
    Listed<EpochSummary> epochs,
    Map<FaultReason, Listed<ChainFault>> findings) {
  /**
   * Copies the findings.
   *
   * @param documents documents given
   * @param proofs different valid proofs
   * @param duplicates identical copies
   * @param chainCount chains
   * @param partial whether chains may begin in the middle
   * @param epochs the epochs
   * @param findings what was found
   */
  public ChainReport {
    EnumMap<FaultReason, Listed<ChainFault>> copy = new EnumMap<>(FaultReason.class);
    copy.putAll(findings);
    findings = Collections.unmodifiableMap(copy);
  }

  /**
   * Whether nothing is wrong. False when there was no proof: nothing to check is not nothing wrong.
   *
   * @return true if there are proofs and no faults
   */
  public boolean isSound() {
    return proofs > 0 && faultCount() == 0;
  }

  /**
   * How many faults there are, harmless findings aside.
   *
   * @return the exact number
   */
  public long faultCount() {
    return findings.entrySet().stream()
        .filter(entry -> isFault(entry.getKey()))
        .mapToLong(entry -> entry.getValue().total())
        .sum();
  }

  /**
   * How many findings are about anchors and floors. The links of the history are sound in spite of
   * them; its bounds by blocks are to be read with care.
   *
   * @return the exact number
   */
  public long anchorFindingCount() {
    return findings.entrySet().stream()
        .filter(entry -> entry.getKey().isAboutAnchors())
        .mapToLong(entry -> entry.getValue().total())
        .sum();
  }

  /**
   * Whether findings of this reason make a history unsound.
   *
   * @param reason any reason
   * @return false for reasons that are harmless, and for missing beginnings of partial histories
   */
  public boolean isFault(FaultReason reason) {
    return !reason.isHarmless() && !(partial && reason == FaultReason.MISSING_START);
  }

  /**
   * How often something was found.
   *
   * @param reason what
   * @return the exact number
   */
  public long count(FaultReason reason) {
    return found(reason).total();
  }

  /**
   * What was found of one kind.
   *
   * @param reason what
   * @return the findings, none if there are none
   */
  public Listed<ChainFault> found(FaultReason reason) {
    return findings.getOrDefault(reason, new Listed<>(List.of(), 0));
  }

  /**
   * The report as JSON, for programs.
   *
   * @return an object with the members that {@code docs/chains.md} describes
   */
  public JsonObject toJson() {
    return ChainReportJson.of(this);
  }
}
