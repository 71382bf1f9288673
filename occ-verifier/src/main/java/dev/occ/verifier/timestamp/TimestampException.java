package dev.occ.verifier.timestamp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A timestamp breaks a rule. Programs decide by {@link #reason()}, never by the text. */
public final class TimestampException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; part of the serialized form. */
  private final TimestampRejection reason;

  TimestampException(TimestampRejection reason, String text) {
    this(reason, text, null);
  }

  TimestampException(TimestampRejection reason, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the timestamp is refused.
   *
   * @return the reason to decide by
   */
  public TimestampRejection reason() {
    return reason;
  }
}
