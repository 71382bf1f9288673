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
          failure(ApiError.ENCLAVE_UNAVAILABLE, "the enclave does not answer", e).retryAfter(LATER);
      case TIMEOUT ->
          failure(ApiError.ENCLAVE_TIMEOUT, "the enclave did not answer in time", e)
              .retryAfter(LATER);
      case BUSY ->
          failure(ApiError.ENCLAVE_BUSY, "the enclave has too much to do", e).retryAfter(SOON);
      case PROTOCOL ->
          failure(ApiError.ENCLAVE_FAILED, "the enclave's answer is unusable", e).retryAfter(LATER);
      case CLIENT_CLOSED, INTERRUPTED ->
          failure(ApiError.STOPPING, "the server is being stopped", e).retryAfter(LATER);
      case REFUSED -> refused(e);
    };
  }

  private static ApiException refused(EnclaveException e) {
    String code = e.code().orElse("");
    Optional<EnclaveErrorCode> known = EnclaveErrorCode.of(code);
    if (known.isEmpty()) {
      return failure(ApiError.ENCLAVE_FAILED, "the enclave answered an unknown error", e);
    }
    return switch (known.get()) {
      case INTERNAL, SIGNER_FAILED, COUNTER_EXHAUSTED ->
          failure(ApiError.ENCLAVE_FAILED, "the enclave failed: " + code, e);
      case TOO_MANY_SLOTS ->
          failure(ApiError.TOO_MANY_SLOTS, "the enclave has no place for more slots", e)
              .retryAfter(LATER);
      case TOO_MANY_CHALLENGES ->
          failure(ApiError.TOO_MANY_CHALLENGES, "the enclave has no place for a challenge", e)
              .retryAfter(LATER);
      case TOO_MANY_CHAINS ->
          failure(ApiError.TOO_MANY_CHAINS, "the enclave has no place for more chains", e);
      case SLOT_UNKNOWN, SLOT_EXPIRED ->
          failure(ApiError.EPOCH_CHANGED, "the slot is gone: the enclave restarted", e)
              .retryAfter(SOON);
      case REQUEST_TOO_LARGE, TOO_LARGE ->
          failure(ApiError.REQUEST_TOO_LARGE, "the enclave takes no request of that size", e);
      default -> ApiException.refused(code, e);
    };
  }

  private static ApiException failure(ApiError error, String message, EnclaveException e) {
    return new ApiException(error, message, e);
  }
}
