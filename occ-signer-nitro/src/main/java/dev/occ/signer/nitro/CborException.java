package dev.occ.signer.nitro;

/** Some bytes are not the strict CBOR that was expected; callers turn it into their own failure. */
final class CborException extends Exception {
  private static final long serialVersionUID = 1L;

  CborException(String message) {
    super(message);
  }

  CborException(String message, Throwable cause) {
    super(message, cause);
  }
}
