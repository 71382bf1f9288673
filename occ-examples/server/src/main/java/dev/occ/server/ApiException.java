package dev.occ.server;

import dev.occ.enclave.EnclaveErrorCode;
import dev.occ.enclave.EnclaveException;
import dev.occ.epoch.EpochException;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request is not carried out, or not to its end. Programs decide by {@link #code()}. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;
  private static final Set<EnclaveErrorCode> SLOT_GONE =
      EnumSet.of(
          EnclaveErrorCode.SIGNER_FAILED,
          EnclaveErrorCode.SLOT_UNKNOWN,
          EnclaveErrorCode.SLOT_EXPIRED);
  private static final byte[] NOTHING = {};
  private static final byte[] PROOFS = ",\"proofs\":".getBytes(StandardCharsets.US_ASCII);

  /** A client names members as it likes, and the pointer to one stands in the message. */
  private static final int MAX_MESSAGE = 400;

  private final int status;
  private final String code;
  private final @Nullable Duration retryAfter;
  private final transient byte[] made;

  private ApiException(
      int status,
      String code,
      String message,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter,
      byte[] made) {
    super(message, cause);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.made = made;
  }

  ApiException(ApiError error, String message) {
    this(error, message, null);
  }

  ApiException(ApiError error, String message, @Nullable Throwable cause) {
    this(error.status(), error.code(), message, cause, null, NOTHING);
  }

  /** The body is not what the call takes. */
  static ApiException malformed(JsonException e) {
    return new ApiException(
        BAD_REQUEST, e.reason().code(), String.valueOf(e.getMessage()), e, null, NOTHING);
  }

  /** The enclave refuses the request as it is; its code is passed on. */
  static ApiException refused(String code, Throwable e) {
    return new ApiException(BAD_REQUEST, code, String.valueOf(e.getMessage()), e, null, NOTHING);
  }

  /** The request is over a limit of the epoch that this server checks before the enclave does. */
  static ApiException overLimit(EpochException e) {
    return switch (e.reason()) {
      case REQUEST_TOO_LARGE ->
          new ApiException(ApiError.REQUEST_TOO_LARGE, String.valueOf(e.getMessage()), e);
      default -> refused(e.reason().code(), e);
    };
  }

  /** The same, with the time after which the client may try again. */
  ApiException retryAfter(Duration time) {
    return new ApiException(status, code, String.valueOf(getMessage()), getCause(), time, made);
  }

  /**
   * The same, with the proofs that were made before. Once there are any the status is 503 (spec
   * 14), whatever the code: a client that takes a 400 for "nothing was done" would lose them.
   */
  ApiException withMade(MadeProofs proofs) {
    if (proofs.isEmpty()) {
      return this;
    }
    return new ApiException(
        UNAVAILABLE, code, String.valueOf(getMessage()), getCause(), retryAfter, proofs.toBytes());
  }

  /** The same, with more said. */
  ApiException adding(String text) {
    return new ApiException(status, code, getMessage() + text, getCause(), retryAfter, made);
  }

  /** Whether the enclave was asked in vain: what it was asked for was certainly not done. */
  boolean isWithoutEffect() {
    return getCause() instanceof EnclaveException e && !e.mayHaveTakenEffect();
  }

  /** Whether the enclave said that the slot of a commit is gone. */
  boolean hasUsedSlot() {
    return getCause() instanceof EnclaveException e
        && e.code().flatMap(EnclaveErrorCode::of).filter(SLOT_GONE::contains).isPresent();
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** When to try again; empty when that would change nothing. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** What went wrong, without the proofs. */
  JsonObject body() {
    return JsonObject.builder()
        .put("error", text(String.valueOf(getMessage())))
        .put("code", code)
        .build();
  }

  /** The whole answer: what went wrong, and the proofs if there are any. */
  byte[] toBytes() {
    byte[] body = body().toBytes();
    if (made.length == 0) {
      return body;
    }
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(body.length + made.length + PROOFS.length);
    out.write(body, 0, body.length - 1); // up to its closing brace
    out.writeBytes(PROOFS);
    out.writeBytes(made);
    out.write('}');
    return out.toByteArray();
  }

  /** Bounded, because it may quote the request. */
  private static JsonString text(String message) {
    return JsonString.escapingLoneSurrogates(
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…");
  }
}
