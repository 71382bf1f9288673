package dev.occ.server;

import dev.occ.enclave.EnclaveErrorCode;
import dev.occ.enclave.EnclaveException;
import java.time.Duration;
import java.util.Optional;

/** What an enclave's failures mean to a client of the HTTP API. */
final class EnclaveFailures {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private EnclaveFailures() {}

  static ApiException translate(EnclaveException e) {
    return switch (e.reason()) {
      case UNAVAILABLE ->
          failure(ApiError.ENCLAVE_UNAVAILABLE, "the enclave cannot be reached", e)
              .retryAfter(LATER);
      case TIMEOUT ->
          failure(ApiError.ENCLAVE_TIMEOUT, "timeout while waiting for the enclave", e)
              .retryAfter(LATER);
      case BUSY -> failure(ApiError.ENCLAVE_BUSY, "the enclave is at capacity", e).retryAfter(SOON);
      case PROTOCOL ->
          failure(ApiError.ENCLAVE_FAILED, "the enclave sent a malformed answer", e)
              .retryAfter(LATER);
      case CLIENT_CLOSED, INTERRUPTED -> stopped(e).retryAfter(LATER);
      case REFUSED -> refused(e);
    };
  }

  /** {@code stopping} tells clients that nothing was made, so an open outcome has another code. */
  private static ApiException stopped(EnclaveException e) {
    return e.mayHaveTakenEffect()
        ? failure(
            ApiError.ENCLAVE_UNAVAILABLE,
            "the server stopped while it was waiting for the enclave",
            e)
        : failure(ApiError.STOPPING, "the server is stopping", e);
  }

  private static ApiException refused(EnclaveException e) {
    String code = e.code().orElse("");
    Optional<EnclaveErrorCode> known = EnclaveErrorCode.of(code);
    if (known.isEmpty()) {
      return failure(ApiError.ENCLAVE_FAILED, "the enclave sent an unknown error code", e);
    }
    return switch (known.get()) {
      case INTERNAL, SIGNER_FAILED, COUNTER_EXHAUSTED ->
          failure(ApiError.ENCLAVE_FAILED, "the enclave failed: " + code, e);
      case TOO_MANY_SLOTS ->
          failure(ApiError.TOO_MANY_SLOTS, "the enclave's slot table is full", e).retryAfter(LATER);
      case TOO_MANY_CHALLENGES ->
          failure(ApiError.TOO_MANY_CHALLENGES, "the enclave's challenge table is full", e)
              .retryAfter(LATER);
      case TOO_MANY_CHAINS ->
          failure(ApiError.TOO_MANY_CHAINS, "the enclave's chain table is full", e);
      case SLOT_UNKNOWN, SLOT_EXPIRED ->
          failure(ApiError.EPOCH_CHANGED, "the enclave restarted; the slot is lost", e)
              .retryAfter(SOON);
      case REQUEST_TOO_LARGE, TOO_LARGE ->
          failure(ApiError.REQUEST_TOO_LARGE, "the request is larger than the enclave accepts", e);
      case FLOOR_UNSUPPORTED,
          FLOOR_HEADER_INVALID,
          FLOOR_OFF_SCHEDULE,
          FLOOR_AHEAD_OF_CLOCK,
          FLOOR_BELOW_LAST ->
          failure(ApiError.FLOOR_REFUSED, "the enclave refused the block of Base: " + code, e)
              .retryAfter(SOON);
      default -> ApiException.refused(code, e);
    };
  }

  private static ApiException failure(ApiError error, String message, EnclaveException e) {
    return new ApiException(error, message, e);
  }
}
