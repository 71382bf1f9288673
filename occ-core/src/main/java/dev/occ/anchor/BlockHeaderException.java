package dev.occ.anchor;

import java.util.Objects;

/** Bytes are not a block header. Programs decide by {@link #reason()}. */
public final class BlockHeaderException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. New reasons are only ever added at the end. */
  public enum Reason {
    /** Longer than {@link BlockHeader#MAX_LENGTH}. */
    TOO_LONG,
    /** Not strict RLP: one list of byte strings, each in its shortest form, and nothing else. */
    NOT_RLP,
    /** RLP, but not with the items of a header. */
    NOT_A_HEADER
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  BlockHeaderException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the bytes were refused.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
