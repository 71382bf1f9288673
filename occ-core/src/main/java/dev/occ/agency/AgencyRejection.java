package dev.occ.agency;

import com.google.errorprone.annotations.CheckReturnValue;

/** Why an authorization does not hold (spec 9). New reasons are only ever added at the end. */
@CheckReturnValue
public enum AgencyRejection {
  /** The purpose is written under another name than the proof's version. */
  PURPOSE("agency-purpose", "/authorization/purpose"),
  /** The public key is not the 91-byte SubjectPublicKeyInfo of a point of P-256. */
  KEY_INVALID("agency-key-invalid", "/actor/publicKeyB64"),
  /** The key id is not the SHA-256 of the public key. */
  KEY_ID_MISMATCH("agency-key-id-mismatch", "/actor/keyId"),
  /** The authorization names another actor's key. */
  ACTOR_MISMATCH("agency-actor-mismatch", "/authorization/actorKeyId"),
  /** The authorization is for another artifact, and no batch holds both. */
  ARTIFACT_MISMATCH("agency-artifact-mismatch", "/authorization/artifactHash"),
  /** Size, index and digests of the batch contradict each other or the artifact. */
  BATCH_INVALID("agency-batch-invalid", "/batchContext"),
  /** The challenge is not canonical Base64 of 32 bytes. */
  CHALLENGE_INVALID("agency-challenge-invalid", "/authorization/challenge"),
  /** The client data is not the strict JSON of a WebAuthn client, or too long. */
  CLIENT_DATA_MALFORMED("agency-client-data-malformed", "/authorization/clientDataJSON"),
  /** The client data is of another ceremony than {@code webauthn.get}. */
  CLIENT_DATA_TYPE("agency-client-data-type", "/authorization/clientDataJSON"),
  /** The client data answers another challenge. */
  CLIENT_DATA_CHALLENGE("agency-client-data-challenge", "/authorization/clientDataJSON"),
  /** The authenticator data is not that of an assertion, or contradicts its own flags. */
  AUTHENTICATOR_DATA_MALFORMED(
      "agency-authenticator-data-malformed", "/authorization/authenticatorDataB64"),
  /** The authenticator did not test that a person was present. */
  USER_NOT_PRESENT("agency-user-not-present", "/authorization/authenticatorDataB64"),
  /** The authenticator did not verify who was present. */
  USER_NOT_VERIFIED("agency-user-not-verified", "/authorization/authenticatorDataB64"),
  /** The signature is not the DER form of two numbers of P-256. */
  SIGNATURE_MALFORMED("agency-signature-malformed", "/authorization/signatureB64"),
  /** The signature does not hold. */
  SIGNATURE_INVALID("agency-signature-invalid", "/authorization/signatureB64"),
  /** The WebAuthn origin is not a URL, or its host is not of the authenticator's relying party. */
  ORIGIN_MISMATCH("agency-origin-mismatch", "/authorization/clientDataJSON"),
  /** The challenge does not commit to what the proof says: the actor authorized something else. */
  INTENT_MISMATCH("agency-intent-mismatch", "/intent");

  private final String code;
  private final String pointer;

  AgencyRejection(String code, String pointer) {
    this.code = code;
    this.pointer = pointer;
  }

  /**
   * The reason in machine-readable output.
   *
   * @return stable kebab-case ASCII
   */
  public String code() {
    return code;
  }

  /**
   * The member at fault.
   *
   * @return its JSON pointer (RFC 6901) within an {@code agency}
   */
  public String pointer() {
    return pointer;
  }
}
