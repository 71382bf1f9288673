package dev.occ.cli;

/** What the commands tell the shell. */
public final class ExitCode {
  /** Everything that was asked about holds. */
  public static final int VALID = 0;

  /** Something that was asked about does not hold. */
  public static final int NOT_VALID = 1;

  /** Arguments or input with which the question cannot be answered. */
  public static final int UNUSABLE = 2;

  private ExitCode() {}
}
