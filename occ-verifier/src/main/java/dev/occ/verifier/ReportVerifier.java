package dev.occ.verifier;

import dev.occ.proof.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The seam between a proof and one format of attestation reports (spec 12): the steps know only
 * this, a format is one implementation. Implementations are immutable and thread-safe; any bytes
 * give a result. {@code docs/attestation-formats.md} tells how to add one.
 */
interface ReportVerifier {
  /**
   * Decides whether a report is genuine, and what it says. Whether it is about the proof at hand is
   * for the caller to compare.
   *
   * @param report the report as the proof carries it
   * @param at when its certificates must be valid; null for the report's own time
   */
  Outcome verify(byte[] report, @Nullable Instant at);

  /** What was found: {@link Genuine} or {@link NotGenuine}. */
  sealed interface Outcome {}

  /**
   * The report is genuine under a pinned root.
   *
   * @param measurement names the code, in the form that proofs state it
   * @param boundData what the code asked to have attested; null if nothing
   * @param facts time, place and path
   */
  record Genuine(Measurement measurement, @Nullable Bytes boundData, AttestedFacts facts)
      implements Outcome {}

  /**
   * The code that was measured.
   *
   * @param name of the register or field, for people
   * @param value as proofs state it; null if the report leaves it out, and no proof matches then
   */
  record Measurement(String name, @Nullable String value) {}

  /**
   * The report is not to be believed.
   *
   * @param reason stable kebab-case ASCII
   * @param text for people
   */
  record NotGenuine(String reason, String text) implements Outcome {}
}
