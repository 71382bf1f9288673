package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An enclave did not do what it was asked. Programs decide by {@link #reason()}. */
@CheckReturnValue
public final class EnclaveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a request failed. New reasons are only ever added at the end. */
  public enum Reason {
    /** Nobody answers at the address, the connection broke, or the enclave is stopping. */
    UNAVAILABLE,
    /** The time for the request ran out. */
    TIMEOUT,
    /** The enclave has as much to do as it takes on. */
    BUSY,
    /** The enclave answered with an error; {@link #code()} has its code. */
    REFUSED,
    /** What came back is not an answer to the request. */
    PROTOCOL,
    /** The client was closed before the request, or while it ran. */
    CLIENT_CLOSED,
    /** The thread was interrupted; it still is. */
    INTERRUPTED
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /** The code of the enclave's answer, if it answered; part of the serialized form. */
  private final @Nullable String code;

  /** Whether the request may have been carried out; part of the serialized form. */
  private final boolean mayHaveTakenEffect;

  private EnclaveException(
      Reason reason,
      String message,
      @Nullable Throwable cause,
      @Nullable String code,
      boolean mayHaveTakenEffect) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.code = code;
    this.mayHaveTakenEffect = mayHaveTakenEffect;
  }

  static EnclaveException of(
      Reason reason, String message, @Nullable Throwable cause, boolean mayHaveTakenEffect) {
    return new EnclaveException(reason, message, cause, null, mayHaveTakenEffect);
  }

  /** An error that the enclave answered. */
  static EnclaveException answered(String code, String message) {
    Optional<EnclaveErrorCode> known = EnclaveErrorCode.of(code);
    Reason reason =
        switch (known.orElse(EnclaveErrorCode.INTERNAL)) {
          case BUSY -> Reason.BUSY;
          case CLOSING, CLOSED -> Reason.UNAVAILABLE;
          default -> Reason.REFUSED;
        };
    boolean open = known.isEmpty() || known.get() == EnclaveErrorCode.INTERNAL;
    return new EnclaveException(
        reason, "the enclave answered " + code + ": " + message, null, code, open);
  }

  /**
   * Why the request failed.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The code of the enclave's error answer.
   *
   * @return empty if there was no such answer; {@link EnclaveErrorCode#of} gives its constant
   */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /**
   * Whether the enclave may have carried the request out although no result came back: after a
   * commit, a proof may exist that nobody has, and the slot must not be used again.
   *
   * @return false if it certainly did not, so that the request can be repeated
   */
  public boolean mayHaveTakenEffect() {
    return mayHaveTakenEffect;
  }
}
