package dev.occ.enclave;

/** A request is answered with an error. The message goes to whoever sent the request. */
final class RequestException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the answer says for programs; part of the serialized form. */
  private final EnclaveErrorCode code;

  RequestException(EnclaveErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  EnclaveErrorCode code() {
    return code;
  }
}
