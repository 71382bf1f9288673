package dev.occ.verifier;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import java.io.Serializable;

/**
 * One step of a verification (spec 11) and how it ended.
 *
 * @param step which one
 * @param outcome how it ended
 * @param text what was found, for people
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // javadoc wants comments on a record's serialized components
public record Check(Step step, Outcome outcome, String text) implements Serializable {
  /** The steps, in the order in which they run. */
  public enum Step {
    /** Strict JSON of a proof's structure, encodings and lengths (spec 1 and 3). */
    STRUCTURE("structure"),
    /** The artifact's digest, when the caller gave an artifact. */
    ARTIFACT("artifact"),
    /** The Ed25519 signature over the signed body (spec 4). */
    SIGNATURE("signature"),
    /** The slot's own signature and its binding to the commit (spec 5). */
    SLOT("slot"),
    /** Who authorized the commit (spec 9). */
    AGENCY("agency"),
    /** The link to the epoch before (spec 8). */
    EPOCH_LINK("epoch-link"),
    /** The vendor-signed attestation and its binding to the proof (spec 12). */
    ATTESTATION("attestation"),
    /** What the caller requires (spec 11, "Policy"). */
    POLICY("policy"),
    /** The timestamps that the caller requires; not part of spec 11, and only run if some are. */
    TIMESTAMP("timestamp");

    private final String code;

    Step(String code) {
      this.code = code;
    }

    /**
     * The step's name in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }

  /** How a step ended. */
  public enum Outcome {
    /** The proof holds what the step checks. */
    PASSED("passed"),
    /** The proof was rejected here; no later step ran. */
    FAILED("failed"),
    /** The proof carries what the step is about, or could, but it was not checked. */
    NOT_CHECKED("not-checked"),
    /** The proof carries nothing that the step is about. */
    ABSENT("absent");

    private final String code;

    Outcome(String code) {
      this.code = code;
    }

    /**
     * The outcome's name in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }

  /**
   * The check as it stands in results for programs.
   *
   * @return an object with {@code step} and {@code outcome} by their codes, and {@code text}
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("step", step.code())
        .put("outcome", outcome.code())
        .put("text", JsonString.escapingLoneSurrogates(text))
        .build();
  }
}
