package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;

/**
 * The codes of an enclave's error answers, {@code {"error": text, "code": code}} (spec 13). New
 * ones may be added; a client treats one that it does not know as a refusal.
 *
 * <p>After all of them but {@link #SIGNER_FAILED}, {@link #COUNTER_EXHAUSTED}, {@link
 * #SLOT_EXPIRED} and {@link #INTERNAL}, a slot that the request named is as usable as before.
 */
public enum EnclaveErrorCode {
  /** The server has as much to do as it takes on; later it may work. */
  BUSY,
  /** The server is stopping and takes no new requests. */
  CLOSING,
  /** The request did not arrive in full within its time. */
  REQUEST_TIMEOUT,
  /** The request, or a text or an object in it, is larger than the limit. */
  REQUEST_TOO_LARGE,
  /** There is no action of this name. */
  UNKNOWN_ACTION,
  /** The action is part of the protocol, but the server does not offer it; older ones said so. */
  UNSUPPORTED_ACTION,
  /** The request carries an {@code agency}, which the server cannot check; older ones said so. */
  AGENCY_UNSUPPORTED,
  /** The request names the artifact twice, by its bytes and by its digest. */
  AMBIGUOUS_ARTIFACT,
  /** {@code init} without {@code allowGenesis: true}: only a genesis is offered. */
  GENESIS_REQUIRED,
  /** {@code init} with more than {@code allowGenesis}: an epoch never continues another one. */
  PREDECESSOR_UNSUPPORTED,
  /** A bug in the server or in its signer; the server's log has more. */
  INTERNAL,

  /** The epoch was closed. */
  CLOSED,
  /** The chain's name is empty, too long, or not well-formed Unicode. */
  INVALID_CHAIN_ID,
  /** There are as many pending slots as allowed; later it may work. */
  TOO_MANY_SLOTS,
  /** There are as many chains as allowed, and the name is a new one. */
  TOO_MANY_CHAINS,
  /** No slot of this id is pending: it never was, it was used, or it expired long ago. */
  SLOT_UNKNOWN,
  /** The slot's time ran out. */
  SLOT_EXPIRED,
  /** The chain has used all its counters. */
  COUNTER_EXHAUSTED,
  /** The signer failed. If the request was a commit, its slot is gone. */
  SIGNER_FAILED,

  /** The request is not a JSON object (RFC 8259), or ended before it was one. */
  MALFORMED,
  /** The request is not UTF-8. */
  INVALID_UTF8,
  /** An object has two members of one name. */
  DUPLICATE_MEMBER,
  /** A text or a name holds half of a surrogate pair. */
  LONE_SURROGATE,
  /** Something follows the request where it must not. */
  TRAILING_CONTENT,
  /** Objects and arrays nest deeper than 64. */
  TOO_DEEP,
  /** A number or a text of the request is longer than the limit. */
  TOO_LARGE,
  /** A number is beyond the allowed range. */
  NUMBER_OUT_OF_RANGE,
  /** A member that the action needs is absent. */
  MISSING_MEMBER,
  /** A member is of another JSON type than required. */
  WRONG_TYPE,
  /** A member is not known where unknown ones are errors. */
  UNKNOWN_MEMBER,
  /** A text is not canonical Base64. */
  INVALID_BASE64,
  /** A text is not lower-case hex. */
  INVALID_HEX,
  /** A text is not a counter. */
  INVALID_COUNTER,
  /** Decoded bytes have another length than required. */
  INVALID_LENGTH,
  /** A version is not known. */
  UNSUPPORTED_VERSION,
  /** A named algorithm is not one that the specification allows. */
  UNSUPPORTED_ALGORITHM,
  /** An enforcement tier is not one of the specification's three. */
  UNKNOWN_ENFORCEMENT,
  /** A text or an object that must not be empty is. */
  EMPTY,
  /** A value is of the right type and length, yet not one of those allowed. */
  INVALID_VALUE,

  /** There are as many pending challenges and open batches as allowed; in a minute it may work. */
  TOO_MANY_CHALLENGES,
  /** The challenge is not the epoch's, was spent, refused five times, or expired long ago. */
  CHALLENGE_UNKNOWN,
  /** The challenge's time ran out, or that of the batch that it began. */
  CHALLENGE_EXPIRED,
  /** The authorization's time is more than a minute off the enclave's clock. */
  AGENCY_TIMESTAMP,
  /** A batch begins with its first artifact, and this is a later one of a batch not begun. */
  AGENCY_BATCH_NOT_BEGUN,
  /** The batch was begun with another actor, authorization or list of digests. */
  AGENCY_BATCH_CHANGED,
  /** This place of the batch was committed already. */
  AGENCY_BATCH_REPEATED,
  /** The purpose is written under another name than the proof's version. */
  AGENCY_PURPOSE,
  /** The public key is not the 91-byte SubjectPublicKeyInfo of a point of P-256. */
  AGENCY_KEY_INVALID,
  /** The key id is not the SHA-256 of the public key. */
  AGENCY_KEY_ID_MISMATCH,
  /** The authorization names another actor's key. */
  AGENCY_ACTOR_MISMATCH,
  /** The authorization is for another artifact, and no batch holds both. */
  AGENCY_ARTIFACT_MISMATCH,
  /** Size, index and digests of the batch contradict each other or the artifact. */
  AGENCY_BATCH_INVALID,
  /** The challenge is not canonical Base64 of 32 bytes. */
  AGENCY_CHALLENGE_INVALID,
  /** The client data is not the strict JSON of a WebAuthn client, or too long. */
  AGENCY_CLIENT_DATA_MALFORMED,
  /** The client data is of another ceremony than {@code webauthn.get}. */
  AGENCY_CLIENT_DATA_TYPE,
  /** The client data answers another challenge. */
  AGENCY_CLIENT_DATA_CHALLENGE,
  /** The authenticator data is not that of an assertion, or contradicts its own flags. */
  AGENCY_AUTHENTICATOR_DATA_MALFORMED,
  /** The authenticator did not test that a person was present. */
  AGENCY_USER_NOT_PRESENT,
  /** The authenticator did not verify who was present. */
  AGENCY_USER_NOT_VERIFIED,
  /** The signature is not the DER form of two numbers of P-256. */
  AGENCY_SIGNATURE_MALFORMED,
  /** The signature does not hold. */
  AGENCY_SIGNATURE_INVALID,
  /** A member of what goes into the proof is named by an array index, as {@code 10} (spec 2). */
  INDEX_NAME,

  /** The attribution is named like that of an anchor, and the request has no anchor claim. */
  ANCHOR_RESERVED,
  /** The request has an anchor claim, and the enclave has no anchor key. */
  ANCHOR_UNSUPPORTED,
  /** The attribution is not that of an anchor on the claim's block. */
  ANCHOR_ATTRIBUTION_MISMATCH,
  /** The artifact's digest is not the SHA-256 of the claimed block hash's text. */
  ANCHOR_DIGEST_MISMATCH,
  /** The chain's name holds a line feed, so that no claim can be signed for it. */
  ANCHOR_CHAIN_INVALID,
  /** The block's number is not above that of the chain's last anchor. */
  ANCHOR_NOT_ABOVE_LAST,
  /** The claim is not signed with the anchor key for this block, chain and epoch. */
  ANCHOR_SIGNATURE_INVALID,

  /** A block header was given for a slot, and the enclave takes none. */
  FLOOR_UNSUPPORTED,
  /** The header is longer than 4096 bytes, not strict RLP, or not that of a block. */
  FLOOR_HEADER_INVALID,
  /** The block's time is not the one that Base's schedule gives its number. */
  FLOOR_OFF_SCHEDULE,
  /** The block's time is more than two seconds after the enclave's clock. */
  FLOOR_AHEAD_OF_CLOCK,
  /** The block's number is below that of the chain's last floor. */
  FLOOR_BELOW_LAST,
  /** The WebAuthn origin is not a URL, or its host is not of the authenticator's relying party. */
  AGENCY_ORIGIN_MISMATCH,
  /** The request asks for something else than the challenge commits to. */
  INTENT_MISMATCH;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * The code as it stands in answers.
   *
   * @return stable kebab-case ASCII, as {@code slot-unknown}
   */
  @CheckReturnValue
  public String code() {
    return code;
  }

  /**
   * The constant of a code.
   *
   * @param code as it stands in an answer
   * @return the constant, or empty for a code that this version does not know
   */
  @CheckReturnValue
  public static Optional<EnclaveErrorCode> of(String code) {
    for (EnclaveErrorCode known : values()) {
      if (known.code.equals(code)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
