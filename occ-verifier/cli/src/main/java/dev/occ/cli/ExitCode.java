package dev.occ.cli;

/** How every command ends, so that scripts can decide by the exit code alone. */
public final class ExitCode {
  /** Everything that was asked about holds, or what was asked for is done. */
  public static final int OK = 0;

  /** Something does not hold: a proof is not valid, or a file would have been overwritten. */
  public static final int REFUSED = 1;

  /** The arguments, a file or the environment cannot be used. It never means "not valid". */
  public static final int UNUSABLE = 2;

  private ExitCode() {}
}
