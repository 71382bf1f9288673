package dev.occ.cli;

import org.jspecify.annotations.Nullable;

/** Arguments or input cannot be used; the message says which and why, and the exit code is 2. */
public final class UnusableInputException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message; part of the serialized form. */
  private final String text;

  /**
   * A failure.
   *
   * @param text one sentence, fit for a terminal
   */
  public UnusableInputException(String text) {
    this(text, null);
  }

  public UnusableInputException(String text, @Nullable Throwable cause) {
    super(text, cause);
    this.text = text;
  }

  /**
   * The message.
   *
   * @return one sentence; everything in it is fit for a terminal
   */
  public String text() {
    return text;
  }
}
