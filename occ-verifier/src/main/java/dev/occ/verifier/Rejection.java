package dev.occ.verifier;

import dev.occ.agency.AgencyRejection;

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
  /**
   * Was given while authorizations were not checked. Now they always are: an authorization that
   * does not hold has one of the reasons that begin with {@code agency-}.
   */
  POLICY_ACTOR_NOT_CHECKED("policy-actor-not-checked"),
  /** The actor's key is not among those that the policy allows. */
  POLICY_ACTOR_KEY("policy-actor-key"),
  /** The actor's provider is not among those that the policy allows. */
  POLICY_ACTOR_PROVIDER("policy-actor-provider"),
  /** The proof is bound to another policy document than required, or to none. */
  POLICY_DIGEST("policy-digest"),
  /** The principal is not among those that the policy allows, or absent. */
  POLICY_PRINCIPAL("policy-principal"),
  /** The purpose is written under another name than the proof's version. */
  AGENCY_PURPOSE(AgencyRejection.PURPOSE),
  /** The public key is not the 91-byte SubjectPublicKeyInfo of a point of P-256. */
  AGENCY_KEY_INVALID(AgencyRejection.KEY_INVALID),
  /** The key id is not the SHA-256 of the public key. */
  AGENCY_KEY_ID_MISMATCH(AgencyRejection.KEY_ID_MISMATCH),
  /** The authorization names another actor's key. */
  AGENCY_ACTOR_MISMATCH(AgencyRejection.ACTOR_MISMATCH),
  /** The authorization is for another artifact, and no batch holds both. */
  AGENCY_ARTIFACT_MISMATCH(AgencyRejection.ARTIFACT_MISMATCH),
  /** Size, index and digests of the batch contradict each other or the artifact. */
  AGENCY_BATCH_INVALID(AgencyRejection.BATCH_INVALID),
  /** The challenge is not canonical Base64 of 32 bytes. */
  AGENCY_CHALLENGE_INVALID(AgencyRejection.CHALLENGE_INVALID),
  /** The client data is not the strict JSON of a WebAuthn client, or too long. */
  AGENCY_CLIENT_DATA_MALFORMED(AgencyRejection.CLIENT_DATA_MALFORMED),
  /** The client data is of another ceremony than {@code webauthn.get}. */
  AGENCY_CLIENT_DATA_TYPE(AgencyRejection.CLIENT_DATA_TYPE),
  /** The client data answers another challenge. */
  AGENCY_CLIENT_DATA_CHALLENGE(AgencyRejection.CLIENT_DATA_CHALLENGE),
  /** The authenticator data is not that of an assertion, or contradicts its own flags. */
  AGENCY_AUTHENTICATOR_DATA_MALFORMED(AgencyRejection.AUTHENTICATOR_DATA_MALFORMED),
  /** The authenticator did not test that a person was present. */
  AGENCY_USER_NOT_PRESENT(AgencyRejection.USER_NOT_PRESENT),
  /** The authenticator did not verify who was present. */
  AGENCY_USER_NOT_VERIFIED(AgencyRejection.USER_NOT_VERIFIED),
  /** The signature is not the DER form of two numbers of P-256. */
  AGENCY_SIGNATURE_MALFORMED(AgencyRejection.SIGNATURE_MALFORMED),
  /** The signature does not hold. */
  AGENCY_SIGNATURE_INVALID(AgencyRejection.SIGNATURE_INVALID),
  /** The caller requires a timestamp that the proof does not carry. */
  TIMESTAMP_MISSING("timestamp-missing"),
  /** A required timestamp does not verify; the detail is the timestamp verifier's reason. */
  TIMESTAMP_INVALID("timestamp-invalid"),
  /** The anchor that the slot repeats does not stand before the slot. */
  SLOT_ANCHOR_NOT_BEFORE_SLOT("slot-anchor-not-before-slot"),
  /** The policy requires a floor, and the proof has none. */
  POLICY_FLOOR_MISSING("policy-floor-missing"),
  /** The policy requires a floor, and the proof has two, of which none counts. */
  POLICY_FLOOR_AMBIGUOUS("policy-floor-ambiguous"),
  /** The WebAuthn origin is not a URL, or its host is not of the authenticator's relying party. */
  AGENCY_ORIGIN_MISMATCH(AgencyRejection.ORIGIN_MISMATCH),
  /** The challenge does not commit to what the proof says: the actor authorized something else. */
  AGENCY_INTENT_MISMATCH(AgencyRejection.INTENT_MISMATCH),
  /** The policy requires an actor's intent, and the actor's signature covers less. */
  POLICY_ACTOR_INTENT("policy-actor-intent"),
  /** The actor's origin is not among those that the policy allows, or absent. */
  POLICY_ACTOR_ORIGIN("policy-actor-origin");

  private final String code;

  Rejection(String code) {
    this.code = code;
  }

  Rejection(AgencyRejection same) {
    this(same.code());
  }

  /** The reason of the same code; a test goes through all of them. */
  static Rejection of(AgencyRejection rejection) {
    return valueOf("AGENCY_" + rejection.name());
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
