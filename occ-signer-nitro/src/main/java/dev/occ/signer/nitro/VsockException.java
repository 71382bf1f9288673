package dev.occ.signer.nitro;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A vsock socket could not be opened, bound or connected. Programs decide by {@link #reason()}. */
public final class VsockException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why it failed. New reasons are only ever added at the end. */
  public enum Reason {
    /** This system has no AF_VSOCK, or none of its transports is loaded. */
    UNSUPPORTED,
    /** The library for native calls could not be loaded. */
    NATIVE_UNAVAILABLE,
    /** Another socket listens there. */
    ADDRESS_IN_USE,
    /** The CID is not this machine's, so nothing can listen there. */
    ADDRESS_UNAVAILABLE,
    /** Nobody listens at the peer's port, or the peer refused. */
    REFUSED,
    /** There is no machine of that CID to be reached from here. */
    NO_PEER,
    /** The peer did not answer in time. */
    TIMEOUT,
    /** Any other failure; the cause has the system's words. */
    FAILED
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  VsockException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why it failed.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
