package dev.occ.verifier.chain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The check of a history could not be carried out; nothing is said about the proofs. Programs
 * decide by {@link #reason()}; the message is for people.
 */
public final class ChainException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it could not be carried out. New reasons are only ever added at the end. */
  public enum Reason {
    /** A temporary file could not be made, written or read: usually the disk is full. */
    TEMPORARY_FILE("temporary-file"),
    /** The proofs name more chains than the verifier was told to hold. */
    TOO_MANY_CHAINS("too-many-chains"),
    /** The thread was interrupted while it waited for a result. */
    INTERRUPTED("interrupted");

    private final String code;

    Reason(String code) {
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

  /** Why; part of the serialized form. */
  private final Reason reason;

  ChainException(Reason reason, String message) {
    this(reason, message, null);
  }

  ChainException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the check could not be carried out.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
