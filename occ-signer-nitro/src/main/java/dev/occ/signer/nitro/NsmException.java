package dev.occ.signer.nitro;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call to the Nitro Secure Module failed. Programs decide by {@link #reason()}; where the
 * operating system refused, {@link #errno()} has its error number. Messages never hold key
 * material.
 */
public final class NsmException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a call failed. New reasons are only ever added at the end. */
  public enum Reason {
    /** The NSM answered {@code InvalidArgument}. */
    INVALID_ARGUMENT("InvalidArgument"),
    /** The NSM answered {@code InvalidIndex}: there is no PCR of that number. */
    INVALID_INDEX("InvalidIndex"),
    /** The NSM answered {@code InvalidResponse}. */
    INVALID_RESPONSE("InvalidResponse"),
    /** The NSM answered {@code ReadOnlyIndex}: the PCR is locked. */
    READ_ONLY_INDEX("ReadOnlyIndex"),
    /** The NSM answered {@code InvalidOperation}: it does not know or allow that request. */
    INVALID_OPERATION("InvalidOperation"),
    /** The NSM answered {@code BufferTooSmall}. */
    BUFFER_TOO_SMALL("BufferTooSmall"),
    /** The NSM answered {@code InputTooLarge}. */
    INPUT_TOO_LARGE("InputTooLarge"),
    /** The NSM answered {@code InternalError}. */
    INTERNAL_ERROR("InternalError"),
    /** The NSM answered with an error code that this library does not know. */
    UNKNOWN_NSM_ERROR(""),
    /** There is no such device (ENOENT, ENOTDIR, ENODEV, ENXIO): not in an enclave, most likely. */
    NO_DEVICE(""),
    /** The device may not be opened by this process (EACCES, EPERM). */
    PERMISSION_DENIED(""),
    /** The path names something else than an NSM (ENOTTY, EINVAL, EISDIR). */
    NOT_AN_NSM(""),
    /** The driver found the request larger than it takes (EMSGSIZE). */
    MESSAGE_TOO_LARGE(""),
    /** The NSM did not answer in the driver's time (ETIMEDOUT; two minutes). */
    TIMEOUT(""),
    /** Any other failure of the operating system; see {@link NsmException#errno()}. */
    SYSTEM_ERROR(""),
    /** The library for native calls could not be loaded. */
    NATIVE_UNAVAILABLE(""),
    /** The NSM's answer is not the CBOR that the request calls for. */
    MALFORMED_RESPONSE(""),
    /** The NSM was closed before the call. */
    CLOSED("");

    private final String nsmCode;

    Reason(String nsmCode) {
      this.nsmCode = nsmCode;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /** The system's error number, 0 for none; part of the serialized form. */
  private final int errno;

  NsmException(Reason reason, String message) {
    this(reason, 0, message, null);
  }

  NsmException(Reason reason, String message, Throwable cause) {
    this(reason, 0, message, cause);
  }

  private NsmException(Reason reason, int errno, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.errno = errno;
  }

  /** The failure for an error code of the NSM, as it stands in the answer's {@code Error}. */
  static NsmException ofNsmCode(String code) {
    for (Reason reason : Reason.values()) {
      if (!reason.nsmCode.isEmpty() && reason.nsmCode.equals(code)) {
        return new NsmException(reason, "the NSM answered " + code);
      }
    }
    return new NsmException(Reason.UNKNOWN_NSM_ERROR, "the NSM answered an unknown error code");
  }

  /** The failure for an error number of Linux (asm-generic, as on x86-64 and AArch64). */
  static NsmException ofErrno(String operation, int errno) {
    Reason reason =
        switch (errno) {
          case Errno.ENOENT, Errno.ENXIO, Errno.ENODEV, Errno.ENOTDIR -> Reason.NO_DEVICE;
          case Errno.EPERM, Errno.EACCES -> Reason.PERMISSION_DENIED;
          case Errno.EISDIR, Errno.EINVAL, Errno.ENOTTY -> Reason.NOT_AN_NSM;
          case Errno.EMSGSIZE -> Reason.MESSAGE_TOO_LARGE;
          case Errno.ETIMEDOUT -> Reason.TIMEOUT;
          default -> Reason.SYSTEM_ERROR;
        };
    String message =
        String.format(
            Locale.ROOT,
            "%s failed: %s, errno %d",
            operation,
            reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            errno);
    return new NsmException(reason, errno, message, null);
  }

  /**
   * Why the call failed.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The error number of the operating system (errno), when it was the one to refuse.
   *
   * @return a positive number, or empty
   */
  public OptionalInt errno() {
    return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
  }

  /** Linux error numbers that have a reason of their own (include/uapi/asm-generic/errno*.h). */
  private static final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ENXIO = 6;
    static final int EACCES = 13;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EMSGSIZE = 90;
    static final int ETIMEDOUT = 110;

    private Errno() {}
  }
}
