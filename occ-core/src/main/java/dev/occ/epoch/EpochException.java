package dev.occ.epoch;

import dev.occ.agency.AgencyRejection;
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
    SIGNER_FAILED("signer-failed"),

    /** There are as many pending challenges and open batches as allowed; in a minute it works. */
    TOO_MANY_CHALLENGES("too-many-challenges"),
    /**
     * The challenge is not the epoch's, was spent, has no try left, or expired long ago. Slot and
     * challenge stay as they are.
     */
    CHALLENGE_UNKNOWN("challenge-unknown"),
    /** The challenge's time ran out, or that of the batch that it began. The slot stays usable. */
    CHALLENGE_EXPIRED("challenge-expired"),
    /**
     * The authorization's time is more than a minute off the epoch's clock. The slot stays usable,
     * as after all reasons from here on. After those that begin with {@code agency-}, and after
     * {@link #INTENT_MISMATCH}, a pending challenge has lost one of its five tries, and is gone
     * after the fifth.
     */
    AGENCY_TIMESTAMP("agency-timestamp"),
    /** A batch begins with its first artifact, and this is a later one of a batch not begun. */
    AGENCY_BATCH_NOT_BEGUN("agency-batch-not-begun"),
    /** The batch was begun with another actor, authorization or list of digests. */
    AGENCY_BATCH_CHANGED("agency-batch-changed"),
    /** This place of the batch was committed already. */
    AGENCY_BATCH_REPEATED("agency-batch-repeated"),
    /** As {@link AgencyRejection#PURPOSE}. */
    AGENCY_PURPOSE(AgencyRejection.PURPOSE),
    /** As {@link AgencyRejection#KEY_INVALID}. */
    AGENCY_KEY_INVALID(AgencyRejection.KEY_INVALID),
    /** As {@link AgencyRejection#KEY_ID_MISMATCH}. */
    AGENCY_KEY_ID_MISMATCH(AgencyRejection.KEY_ID_MISMATCH),
    /** As {@link AgencyRejection#ACTOR_MISMATCH}. */
    AGENCY_ACTOR_MISMATCH(AgencyRejection.ACTOR_MISMATCH),
    /** As {@link AgencyRejection#ARTIFACT_MISMATCH}. */
    AGENCY_ARTIFACT_MISMATCH(AgencyRejection.ARTIFACT_MISMATCH),
    /** As {@link AgencyRejection#BATCH_INVALID}. */
    AGENCY_BATCH_INVALID(AgencyRejection.BATCH_INVALID),
    /** As {@link AgencyRejection#CHALLENGE_INVALID}. */
    AGENCY_CHALLENGE_INVALID(AgencyRejection.CHALLENGE_INVALID),
    /** As {@link AgencyRejection#CLIENT_DATA_MALFORMED}. */
    AGENCY_CLIENT_DATA_MALFORMED(AgencyRejection.CLIENT_DATA_MALFORMED),
    /** As {@link AgencyRejection#CLIENT_DATA_TYPE}. */
    AGENCY_CLIENT_DATA_TYPE(AgencyRejection.CLIENT_DATA_TYPE),
    /** As {@link AgencyRejection#CLIENT_DATA_CHALLENGE}. */
    AGENCY_CLIENT_DATA_CHALLENGE(AgencyRejection.CLIENT_DATA_CHALLENGE),
    /** As {@link AgencyRejection#AUTHENTICATOR_DATA_MALFORMED}. */
    AGENCY_AUTHENTICATOR_DATA_MALFORMED(AgencyRejection.AUTHENTICATOR_DATA_MALFORMED),
    /** As {@link AgencyRejection#USER_NOT_PRESENT}. */
    AGENCY_USER_NOT_PRESENT(AgencyRejection.USER_NOT_PRESENT),
    /** As {@link AgencyRejection#USER_NOT_VERIFIED}. */
    AGENCY_USER_NOT_VERIFIED(AgencyRejection.USER_NOT_VERIFIED),
    /** As {@link AgencyRejection#SIGNATURE_MALFORMED}. */
    AGENCY_SIGNATURE_MALFORMED(AgencyRejection.SIGNATURE_MALFORMED),
    /** As {@link AgencyRejection#SIGNATURE_INVALID}. */
    AGENCY_SIGNATURE_INVALID(AgencyRejection.SIGNATURE_INVALID),

    /**
     * A member of the request is named by an array index, at some depth; spec 2 has a signer refuse
     * such names. The slot stays usable.
     */
    INDEX_NAME("index-name"),

    /**
     * The attribution is named like that of an anchor, and the request has no anchor claim. The
     * slot stays usable, as after all reasons from here on.
     */
    ANCHOR_RESERVED("anchor-reserved"),
    /** The request has an anchor claim, and the epoch has no anchor key. */
    ANCHOR_UNSUPPORTED("anchor-unsupported"),
    /** The attribution is not that of an anchor on the claim's block. */
    ANCHOR_ATTRIBUTION_MISMATCH("anchor-attribution-mismatch"),
    /** The artifact's digest is not the SHA-256 of the claimed block hash's text. */
    ANCHOR_DIGEST_MISMATCH("anchor-digest-mismatch"),
    /** The chain's name holds a line feed, so that no claim can be signed for it. */
    ANCHOR_CHAIN_INVALID("anchor-chain-invalid"),
    /** The block's number is not above that of the chain's last anchor. */
    ANCHOR_NOT_ABOVE_LAST("anchor-not-above-last"),
    /** The claim is not signed with the anchor key for this block, chain and epoch. */
    ANCHOR_SIGNATURE_INVALID("anchor-signature-invalid"),

    /** A block header was given for a slot, and the epoch takes none. No slot was made. */
    FLOOR_UNSUPPORTED("floor-unsupported"),
    /** The header is longer than 4096 bytes, not strict RLP, or not that of a block. */
    FLOOR_HEADER_INVALID("floor-header-invalid"),
    /** The block's time is not the one that Base's schedule gives its number. */
    FLOOR_OFF_SCHEDULE("floor-off-schedule"),
    /** The block's time is more than two seconds after the epoch's clock. */
    FLOOR_AHEAD_OF_CLOCK("floor-ahead-of-clock"),
    /** The block's number is below that of the chain's last floor. */
    FLOOR_BELOW_LAST("floor-below-last"),
    /** As {@link AgencyRejection#ORIGIN_MISMATCH}. */
    AGENCY_ORIGIN_MISMATCH(AgencyRejection.ORIGIN_MISMATCH),
    /**
     * The challenge was made with an intent, and the request asks for something else or names no
     * intent; or it was made without one, and the request names one.
     */
    INTENT_MISMATCH("intent-mismatch");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    Reason(AgencyRejection same) {
      this(same.code());
    }

    /** The reason of the same name; a test goes through all of them. */
    static Reason of(AgencyRejection rejection) {
      return rejection == AgencyRejection.INTENT_MISMATCH
          ? INTENT_MISMATCH
          : valueOf("AGENCY_" + rejection.name());
    }

    /** Whether the authorization itself was refused, rather than the slot or the request. */
    boolean refusesAuthorization() {
      return this == INTENT_MISMATCH || code.startsWith("agency-");
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
