package dev.occ.verifier.crypto;

/**
 * The BouncyCastle that the application has on its path cannot compute this library's signature
 * checks. The message names the likely conflict and the file that the classes come from.
 */
public final class UnusableCryptoException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnusableCryptoException(String message, Throwable cause) {
    super(message, cause);
  }
}
