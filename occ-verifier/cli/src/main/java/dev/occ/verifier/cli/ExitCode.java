package dev.occ.verifier.cli;

/** What the commands tell the shell. */
final class ExitCode {
  /** Everything that was asked about holds. */
  static final int VALID = 0;

  /** Something that was asked about does not hold. */
  static final int NOT_VALID = 1;

  /** Arguments or input with which the question cannot be answered. */
  static final int UNUSABLE = 2;

  private ExitCode() {}
}
