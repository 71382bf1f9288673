package dev.occ.verifier;

/** Why a proof was rejected. New reasons are only ever added at the end. */
public enum Rejection {
  /** Not strict JSON, or not of a proof's structure; the detail is the reader's reason. */
  MALFORMED("malformed"),
  /** The proof is about another artifact. */
  ARTIFACT_MISMATCH("artifact-mismatch"),
  /** The public key is not the canonical form of a point of Ed25519's curve, or of small order. */
  PUBLIC_KEY_INVALID("public-key-invalid"),
  /** The signature does not hold for the signed body. */
  SIGNATURE_INVALID("signature-invalid"),
  /** The commit names a slot, but the proof does not carry it. */
  SLOT_MISSING("slot-missing"),
  /** The slot record holds artifact data, which no slot made before the digest can. */
  SLOT_HOLDS_ARTIFACT("slot-holds-artifact"),
  /** Slot and commit have different nonces. */
  SLOT_NONCE_MISMATCH("slot-nonce-mismatch"),
  /** Slot and commit are of different epochs. */
  SLOT_EPOCH_MISMATCH("slot-epoch-mismatch"),
  /** Slot and proof have different public keys. */
  SLOT_KEY_MISMATCH("slot-key-mismatch"),
  /** Slot and commit are on different chains. */
  SLOT_CHAIN_MISMATCH("slot-chain-mismatch"),
  /** {@code commit.slotCounter} is not the slot's counter. */
  SLOT_COUNTER_MISMATCH("slot-counter-mismatch"),
  /** The slot's counter is not below the commit's. */
  SLOT_NOT_BEFORE_COMMIT("slot-not-before-commit"),
  /** {@code commit.slotHashB64} is not the hash of the slot body. */
  SLOT_HASH_MISMATCH("slot-hash-mismatch"),
  /** The slot's hash leaves out the chain, which only the historical mode accepts. */
  SLOT_HASH_HISTORICAL("slot-hash-historical"),
  /** The slot's signature does not hold. */
  SLOT_SIGNATURE_INVALID("slot-signature-invalid"),
  /** The epoch link leads to another epoch or key than the proof's. */
  EPOCH_LINK_MISMATCH("epoch-link-mismatch"),
  /** The epoch link names the proof's own epoch or key as the predecessor. */
  EPOCH_LINK_TO_ITSELF("epoch-link-to-itself"),
  /** The attestation does not verify; the detail is the attestation verifier's reason. */
  ATTESTATION_INVALID("attestation-invalid"),
  /** The attestation's PCR0 is not the proof's measurement. */
  ATTESTATION_MEASUREMENT_MISMATCH("attestation-measurement-mismatch"),
  /** The attestation was made for another proof. */
  ATTESTATION_USER_DATA_MISMATCH("attestation-user-data-mismatch"),
  /** The attestation binds the body without its attestation format: historical mode only. */
  ATTESTATION_USER_DATA_HISTORICAL("attestation-user-data-historical"),
  /** The policy requires another enforcement tier. */
  POLICY_ENFORCEMENT("policy-enforcement"),
  /** The measurement is not among those that the policy allows. */
  POLICY_MEASUREMENT("policy-measurement"),
  /** The public key is not among those that the policy allows. */
  POLICY_PUBLIC_KEY("policy-public-key"),
  /** The policy requires an epoch id, or allows only others. */
  POLICY_EPOCH_ID("policy-epoch-id"),
  /** The policy requires an attestation, and the proof has none. */
  POLICY_ATTESTATION_MISSING("policy-attestation-missing"),
  /** The policy requires an attestation, and this one is of a format that cannot be checked. */
  POLICY_ATTESTATION_NOT_CHECKED("policy-attestation-not-checked"),
  /** The policy requires another attestation format. */
  POLICY_ATTESTATION_FORMAT("policy-attestation-format"),
  /** The attestation is older than the policy allows, or from the future. */
  POLICY_ATTESTATION_AGE("policy-attestation-age"),
  /** A PCR that the policy pins has another value or is absent. */
  POLICY_PCR("policy-pcr"),
  /** The policy bounds the counter, and it is absent or out of bounds. */
  POLICY_COUNTER("policy-counter"),
  /** The policy bounds the time, and it is absent or out of bounds. */
  POLICY_TIME("policy-time"),
  /** The policy requires a slot, and the proof has none. */
  POLICY_SLOT_MISSING("policy-slot-missing"),
  /** The policy requires an actor, and the proof has none. */
  POLICY_ACTOR_MISSING("policy-actor-missing"),
  /** The policy asks about the actor, whose authorisation was not checked. */
  POLICY_ACTOR_NOT_CHECKED("policy-actor-not-checked"),
  /** The actor's key is not among those that the policy allows. */
  POLICY_ACTOR_KEY("policy-actor-key"),
  /** The actor's provider is not among those that the policy allows. */
  POLICY_ACTOR_PROVIDER("policy-actor-provider"),
  /** The proof is bound to another policy document than required, or to none. */
  POLICY_DIGEST("policy-digest"),
  /** The principal is not among those that the policy allows, or absent. */
  POLICY_PRINCIPAL("policy-principal");

  private final String code;

  Rejection(String code) {
    this.code = code;
  }

  /**
   * The reason in machine-readable output.
   *
   * @return stable kebab-case ASCII
   */
  public String code() {
    return code;
  }
}
