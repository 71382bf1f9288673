package dev.occ.client.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request got no answer that can be used. Programs decide by {@link #reason()}. */
public final class PostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. New reasons are only ever added at the end. */
  public enum Reason {
    /** Nobody answers at the address. */
    UNREACHABLE,
    /** The answer did not come in time. */
    TIMEOUT,
    /** The connection broke, or is not what it should be. */
    CONNECTION,
    /** The answer is longer than allowed. */
    TOO_LARGE,
    /** The answer has another status than 200. */
    STATUS,
    /** The thread was interrupted. */
    INTERRUPTED;

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

  PostException(Reason reason, String text) {
    this(reason, text, null);
  }

  PostException(Reason reason, String text, @Nullable Throwable cause) {
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
