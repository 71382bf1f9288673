package dev.occ.embedding.pkcs11;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A call of a PKCS#11 module failed. Programs decide by {@link #reason()}; where the module itself
 * refused, {@link #code()} has its return value. Messages never hold a PIN or key material.
 */
final class CryptokiException extends Exception {
  private static final long serialVersionUID = 1L;

  /** No return value of the module. */
  private static final long NO_CODE = 0;

  /** Why a call failed. */
  enum Reason {
    /** The native library cannot be loaded or called. */
    NATIVE_UNAVAILABLE,
    /** The module's answer is not what the call promises. */
    MALFORMED_ANSWER,
    /** The module refused the PIN. */
    PIN_REFUSED,
    /** The PIN is locked, expired or not set; no further PIN helps. */
    PIN_UNUSABLE,
    /** The token does not know the mechanism. */
    UNKNOWN_MECHANISM,
    /** The token does not take this encoding of the curve's name. */
    CURVE_REFUSED,
    /** The token, the session or the key is not there any more. */
    GONE,
    /** The module refused for another reason; see {@link CryptokiException#code()}. */
    REFUSED
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /** The module's return value, 0 for none; part of the serialized form. */
  private final long code;

  private CryptokiException(Reason reason, long code, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.code = code;
  }

  /** A call that the native side could not make. */
  static CryptokiException unavailable(String message, Throwable cause) {
    CryptokiException failure = new CryptokiException(Reason.NATIVE_UNAVAILABLE, NO_CODE, message);
    failure.initCause(cause);
    return failure;
  }

  /** An answer that breaks the standard. */
  static CryptokiException malformed(String message) {
    return new CryptokiException(Reason.MALFORMED_ANSWER, NO_CODE, message);
  }

  /** A return value other than CKR_OK (PKCS#11 3.0, "Function return values"). */
  static CryptokiException ofCode(String function, long code) {
    return new CryptokiException(
        reasonOf(code),
        code,
        String.format(
            Locale.ROOT, "%s failed: %s (0x%X)", function, ReturnValues.nameOf(code), code));
  }

  private static Reason reasonOf(long code) {
    if (ReturnValues.PIN_REFUSED.contains(code)) {
      return Reason.PIN_REFUSED;
    }
    if (ReturnValues.PIN_UNUSABLE.contains(code)) {
      return Reason.PIN_UNUSABLE;
    }
    if (ReturnValues.CURVE_REFUSED.contains(code)) {
      return Reason.CURVE_REFUSED;
    }
    if (ReturnValues.GONE.contains(code)) {
      return Reason.GONE;
    }
    return code == ReturnValues.CKR_MECHANISM_INVALID ? Reason.UNKNOWN_MECHANISM : Reason.REFUSED;
  }

  Reason reason() {
    return reason;
  }

  /** The module's return value, if it was the one to refuse. */
  OptionalLong code() {
    return code == NO_CODE ? OptionalLong.empty() : OptionalLong.of(code);
  }
}
