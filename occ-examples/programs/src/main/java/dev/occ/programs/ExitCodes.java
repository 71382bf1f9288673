package dev.occ.programs;

/** How every command of {@code occ} ends, so that scripts can decide by the exit code alone. */
final class ExitCodes {
  /** What was asked for was done; for {@code verify}, the proof is valid. */
  static final int OK = 0;

  /** Refused: the proof is not valid, or something in the way would have been overwritten. */
  static final int REFUSED = 1;

  /** The arguments, a file or the environment cannot be used. Never means "not valid". */
  static final int UNUSABLE = 2;

  private ExitCodes() {}
}
