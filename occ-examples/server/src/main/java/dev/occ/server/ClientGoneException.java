package dev.occ.server;

import org.eclipse.jetty.io.QuietException;

/**
 * Nobody is there any more to be answered; what was not begun is not done. Nothing that Jetty needs
 * to report: clients may leave as often as they like, and would fill the log with stack traces.
 */
final class ClientGoneException extends Exception implements QuietException {
  private static final long serialVersionUID = 1L;

  /** What logs and metrics call it; there is no answer to put it into. */
  static final String CODE = "client-gone";

  /** What the log has as status: none of HTTP's, and the one that other servers' logs have. */
  static final int STATUS = 499;

  ClientGoneException(String message) {
    super(message);
  }
}
