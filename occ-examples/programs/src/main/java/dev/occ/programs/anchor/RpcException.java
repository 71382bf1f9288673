package dev.occ.programs.anchor;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ethereum nodes gave no answer that can be used. Programs decide by {@link #reason()}. */
public final class RpcException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. New reasons are only ever added at the end. */
  public enum Reason {
    /** No HTTP answer: the cause, a PostException, says why. */
    TRANSPORT,
    /** Not strict JSON, not JSON-RPC 2.0, or not of the structure that the method has. */
    MALFORMED,
    /** The node answers with an error. */
    ERROR,
    /** The node is on another chain than expected. */
    WRONG_CHAIN,
    /** The node does not know such a block. */
    NO_SUCH_BLOCK,
    /** Not as many nodes as asked for name the same hash for a number. */
    DISAGREEMENT;

    /**
     * The reason in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  RpcException(Reason reason, String text) {
    this(reason, text, null);
  }

  RpcException(Reason reason, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why there is no answer.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
