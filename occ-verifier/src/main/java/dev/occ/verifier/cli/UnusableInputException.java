package dev.occ.verifier.cli;

import org.jspecify.annotations.Nullable;

/** Arguments or input cannot be used; the message says which and why, and the exit code is 2. */
final class UnusableInputException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message; part of the serialized form. */
  private final String text;

  UnusableInputException(String text) {
    this(text, null);
  }

  UnusableInputException(String text, @Nullable Throwable cause) {
    super(text, cause);
    this.text = text;
  }

  /** The message; everything in it is fit for a terminal. */
  String text() {
    return text;
  }
}
