package dev.occ.verifier.chain;

/** What can be found in a history. New reasons are only ever added at the end. */
public enum FaultReason {
  /** The document is not a proof, or the proof does not hold; the detail is the rejection. */
  INVALID_PROOF("invalid-proof"),
  /**
   * A proof names a predecessor that is not there, and there is room for it: proofs are missing.
   */
  GAP("gap"),
  /** The first proof of a chain names a predecessor that is not there: the beginning is missing. */
  MISSING_START("missing-start"),
  /** A proof names a predecessor that is not there, and no counter is left where it could stand. */
  BROKEN_LINK("broken-link"),
  /** The very first proof of a chain names a predecessor. */
  FIRST_WITH_PREV("first-with-prev"),
  /** A proof after the first one names no predecessor. */
  LATER_WITHOUT_PREV("later-without-prev"),
  /** Different proofs have the same counter. */
  FORK_COUNTER("fork-counter"),
  /** Different proofs name the same predecessor. */
  FORK_PREV("fork-prev"),
  /** Different proofs used the same slot. */
  FORK_SLOT("fork-slot"),
  /** Different slots have the same counter. */
  SLOT_COUNTER_TWICE("slot-counter-twice"),
  /** A slot has the counter of a commit. */
  SLOT_AND_COMMIT("slot-and-commit"),
  /** A proof's counter is not above its predecessor's. */
  COUNTER_NOT_INCREASING("counter-not-increasing"),
  /** A proof has no counter, so it has no place on its chain. */
  COUNTER_MISSING("counter-missing"),
  /** An epoch's id is used with another key, too. */
  FOREIGN_KEY("foreign-key"),
  /** A key is used in another epoch, too. */
  FOREIGN_EPOCH("foreign-epoch"),
  /** A proof names a predecessor of another chain. */
  FOREIGN_LINK("foreign-link"),
  /** Copies of one signed statement differ in what the signature does not cover. */
  ALTERED_COPY("altered-copy"),
  /** A proof is named like an Ethereum anchor and is none; the detail says why. */
  ANCHOR_INVALID("anchor-invalid"),
  /** A later anchor of a chain names an earlier block. */
  ANCHOR_BACKWARDS("anchor-backwards"),
  /** Anchors name different hashes for one block, or different numbers for one hash. */
  ANCHOR_CONFLICT("anchor-conflict"),
  /** Different epochs name one predecessor. */
  EPOCH_FORK("epoch-fork"),
  /** One epoch names different predecessors. */
  EPOCH_LINK_CONFLICT("epoch-link-conflict"),
  /** A proof that is not the first of its chain carries an epoch link. */
  EPOCH_LINK_MISPLACED("epoch-link-misplaced"),
  /** An epoch link says another order than the anchors, or epoch links go in a circle. */
  EPOCH_ORDER_CONFLICT("epoch-order-conflict"),
  /** The same sealed proof was given more than once, which is harmless. */
  DUPLICATE("duplicate"),
  /** A proof names a predecessor and leaves out a known proof that stands between the two. */
  FORK_BYPASS("fork-bypass"),
  /**
   * A link holds without members of its predecessor that are not among those that an enclave seals
   * (spec 7): they were added outside, which is harmless.
   */
  MEMBERS_ADDED("members-added"),
  /**
   * A link holds only with members that this version does not know an enclave to seal; harmless.
   */
  MEMBERS_SEALED("members-sealed");

  private final String code;

  FaultReason(String code) {
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

  /**
   * Whether what was found leaves a history sound.
   *
   * @return true for duplicates, and for what is said about members beside the sealed ones
   */
  public boolean isHarmless() {
    return this == DUPLICATE || this == MEMBERS_ADDED || this == MEMBERS_SEALED;
  }
}
