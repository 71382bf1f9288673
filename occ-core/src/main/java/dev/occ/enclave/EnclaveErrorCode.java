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
  /** The action is part of the protocol, but this server does not offer it. */
  UNSUPPORTED_ACTION,
  /** The request carries an {@code agency}, which this server cannot check. */
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
  INVALID_VALUE;

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
