package dev.occ.verifier.attestation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A document breaks one of the rules. Programs decide by {@link #reason()}, never by the text. */
public final class AttestationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; part of the serialized form. */
  private final AttestationRejection reason;

  AttestationException(AttestationRejection reason, String text) {
    this(reason, text, null);
  }

  AttestationException(AttestationRejection reason, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the document is refused.
   *
   * @return the reason to decide by
   */
  public AttestationRejection reason() {
    return reason;
  }
}
