package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;

/**
 * Something that a valid proof does not show, or shows only because the policy was lenient.
 *
 * @param kind to decide by
 * @param text a sentence for people, without the full stop; never to be parsed
 */
@CheckReturnValue
public record Caveat(Kind kind, String text) {
  /** What is not shown. New kinds may be added. */
  public enum Kind {
    /** Nothing vouches for the proof but itself: neither an attestation nor a pinned key. */
    INTEGRITY_ONLY("integrity-only"),
    /** The proof has no attestation. */
    ATTESTATION_ABSENT("attestation-absent"),
    /** The proof has an attestation, which was not checked. */
    ATTESTATION_NOT_CHECKED("attestation-not-checked"),
    /** The allowed measurements were compared with an unproven claim of the signer's. */
    MEASUREMENT_NOT_ATTESTED("measurement-not-attested"),
    /** The attested code was not compared with any measurement. */
    MEASUREMENT_NOT_REQUIRED("measurement-not-required"),
    /** Code is pinned, but nobody who runs it. */
    OPERATOR_NOT_PINNED("operator-not-pinned"),
    /** The attestation's root is not AWS's, but one that the caller pinned. */
    ROOT_NOT_AWS("root-not-aws"),
    /** The enclave ran in debug mode. */
    DEBUG_ENCLAVE("debug-enclave"),
    /** No artifact was compared with the proof. */
    ARTIFACT_NOT_COMPARED("artifact-not-compared"),
    /** The proof has no slot. */
    SLOT_ABSENT("slot-absent"),
    /** The actor's signature does not cover this artifact. */
    ACTOR_DID_NOT_SIGN_ARTIFACT("actor-did-not-sign-artifact"),
    /** The actor's signature covers the artifact, but not everything that the proof says. */
    ACTOR_DID_NOT_SIGN_MEMBERS("actor-did-not-sign-members"),
    /** The policy compared the name of a provider, which the requester chose. */
    PROVIDER_NOT_PROVEN("provider-not-proven"),
    /** The policy compared the name of a principal, which the requester chose. */
    PRINCIPAL_NOT_PROVEN("principal-not-proven"),
    /** Anyone who may commit can have written the anchor. */
    ANCHOR_NOT_AUTHENTICATED("anchor-not-authenticated"),
    /** The proof is named like an anchor and is none. */
    ANCHOR_MALFORMED("anchor-malformed"),
    /** The proof has two floors, of which none counts. */
    FLOOR_AMBIGUOUS("floor-ambiguous"),
    /** The floor's block is stamped later than the attestation. */
    FLOOR_TIME_NOT_USED("floor-time-not-used"),
    /** No node was asked whether the named blocks exist. */
    BLOCK_NOT_CONFIRMED("block-not-confirmed"),
    /** The proof has a historical form that only the historical mode accepts. */
    HISTORICAL_FORM("historical-form");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /**
     * The kind's name in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }

  /**
   * The caveat as it stands in results for programs.
   *
   * @return an object with {@code code} and {@code text}
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("code", kind.code())
        .put("text", JsonString.escapingLoneSurrogates(text))
        .build();
  }
}
