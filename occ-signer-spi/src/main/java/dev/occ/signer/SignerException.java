package dev.occ.signer;

import java.util.Objects;

/**
 * A signer could not do what it was asked. Programs decide by {@link #reason()}; the message is for
 * people and never holds key material.
 */
public final class SignerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a signer failed. New reasons are only ever added at the end. */
  public enum Reason {
    /** The signer was closed before the call, or while it ran. */
    CLOSED,
    /** No provider with the requested name is installed. */
    UNKNOWN_PROVIDER,
    /** An option given to a provider is unknown, missing or has an unusable value. */
    INVALID_CONFIGURATION,
    /** The device or service that holds the key is not there or cannot be opened. */
    UNAVAILABLE,
    /** The device or service refused or failed the operation. */
    DEVICE_FAILURE,
    /** The environment is one that the signer refuses to run in, a debug enclave for example. */
    UNTRUSTED_ENVIRONMENT,
    /** This signer makes no attestations. */
    ATTESTATION_UNSUPPORTED,
    /** An attestation was made but does not hold what was asked for, so it must not be used. */
    ATTESTATION_INVALID
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /**
   * A failure without an underlying exception.
   *
   * @param reason why
   * @param message for people, without secrets
   */
  public SignerException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * A failure that another exception caused.
   *
   * @param reason why
   * @param message for people, without secrets
   * @param cause what went wrong underneath
   */
  public SignerException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the signer failed.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
