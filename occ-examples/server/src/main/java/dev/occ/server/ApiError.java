package dev.occ.server;

import java.util.Locale;

/**
 * Why a request was not carried out: the codes of error answers, {@code {"error": text, "code":
 * code}}, that this server gives by itself. Beside them stand the codes of {@link
 * dev.occ.json.JsonException.Reason} for bodies, and those of {@link
 * dev.occ.enclave.EnclaveErrorCode} that an enclave refused a request with, all with status 400.
 */
enum ApiError {
  /** The request is not HTTP/1.1 as RFC 9112 has it. */
  BAD_REQUEST(400),
  /** More digests than one request may have. */
  TOO_MANY_DIGESTS(400),
  /** The client's {@code batchContext} is not what the batch is. */
  BATCH_MISMATCH(400),
  /** No API key, or not a valid one. */
  UNAUTHORIZED(401),
  /** The key may not use the chain. */
  CHAIN_NOT_ALLOWED(403),
  /** The key may not anchor (spec 10). */
  ANCHOR_NOT_ALLOWED(403),
  /** There is no such call, and no such file of the page. */
  NOT_FOUND(404),
  /** The call exists, but not with this method. */
  METHOD_NOT_ALLOWED(405),
  /** The body did not arrive in time. */
  REQUEST_TIMEOUT(408),
  /** The body is longer than the limit. */
  BODY_TOO_LARGE(413),
  /** What is to go into a proof is more than the enclave takes, or all proofs than answers hold. */
  REQUEST_TOO_LARGE(413),
  /** The request line is longer than the limit. */
  URI_TOO_LONG(414),
  /** The body is not said to be JSON in UTF-8, without encoding. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** The caller has as many unused slots as it may have. */
  SLOT_QUOTA(429),
  /** The caller has as many challenges of the last minute as it may have. */
  CHALLENGE_QUOTA(429),
  /** The header is larger than the limit. */
  HEADERS_TOO_LARGE(431),
  /** A bug of this server; its log has more under the request's id. */
  INTERNAL(500),
  /** The server has as much to do as it takes on. */
  BUSY(503),
  /** The server is being stopped. */
  STOPPING(503),
  /** Nobody answers at the enclave's address, or the connection broke. */
  ENCLAVE_UNAVAILABLE(503),
  /** The enclave did not answer in time. */
  ENCLAVE_TIMEOUT(503),
  /** The enclave has as much to do as it takes on. */
  ENCLAVE_BUSY(503),
  /** The enclave, or its signer, failed, or answered what is no answer. */
  ENCLAVE_FAILED(503),
  /** The enclave has as many pending slots as it takes. */
  TOO_MANY_SLOTS(503),
  /** The enclave has as many pending challenges as it takes. */
  TOO_MANY_CHALLENGES(503),
  /** The enclave has as many chains as it takes; known ones still work. */
  TOO_MANY_CHAINS(503),
  /** The enclave restarted while it was at work on the request. */
  EPOCH_CHANGED(503),
  /** The enclave runs in debug mode, and the operator did not allow that. */
  DEBUG_ENCLAVE(503),
  /** The request as a whole took longer than it may, or waited as long for its turn. */
  OUT_OF_TIME(503),
  /** The HTTP version is not supported. */
  HTTP_VERSION(505);

  private final int status;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ApiError(int status) {
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** The code in answers and metrics: stable kebab-case ASCII. */
  String code() {
    return code;
  }
}
