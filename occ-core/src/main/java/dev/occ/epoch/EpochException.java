package dev.occ.epoch;

import java.util.Objects;

/** An epoch refused a request. Programs decide by {@link #reason()}; the message is for people. */
public final class EpochException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a request was refused. New reasons are only ever added at the end. */
  public enum Reason {
    /** The epoch was closed. Nothing was consumed that is of any use. */
    CLOSED("closed"),
    /** The chain's name is empty, too long, or not well-formed Unicode. No slot was made. */
    INVALID_CHAIN_ID("invalid-chain-id"),
    /**
     * There are as many pending slots as allowed; later, when some are used or expired, it works.
     */
    TOO_MANY_SLOTS("too-many-slots"),
    /** There are as many chains as allowed, and the name is a new one. */
    TOO_MANY_CHAINS("too-many-chains"),
    /** No slot of this id is pending: it never was, it was used, or it expired long ago. */
    SLOT_UNKNOWN("slot-unknown"),
    /** The slot's time ran out. It is gone, and its counter stays a gap. */
    SLOT_EXPIRED("slot-expired"),
    /** A text or an object of the request is larger than the limit. The slot stays usable. */
    REQUEST_TOO_LARGE("request-too-large"),
    /** The chain has used all 2^64-1 counters. */
    COUNTER_EXHAUSTED("counter-exhausted"),
    /** The signer failed; the cause says how. If it was a commit, its slot is gone. */
    SIGNER_FAILED("signer-failed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /**
     * The reason as it stands in protocol answers.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  EpochException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  EpochException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the request was refused.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
