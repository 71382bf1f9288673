package dev.occ.agency;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An authorization does not hold. Programs decide by {@link #reason()}, never by the text. */
public final class AgencyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; part of the serialized form. */
  private final AgencyRejection reason;

  AgencyException(AgencyRejection reason, String problem) {
    this(reason, problem, null);
  }

  AgencyException(AgencyRejection reason, String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the authorization does not hold.
   *
   * @return the reason to decide by
   */
  public AgencyRejection reason() {
    return reason;
  }
}
