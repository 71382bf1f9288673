package dev.occ.examples.parent;

/** Nobody is there any more to be answered; what was not begun is not done. */
final class ClientGoneException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What logs and metrics call it; there is no answer to put it into. */
  static final String CODE = "client-gone";

  ClientGoneException(String message) {
    super(message);
  }
}
