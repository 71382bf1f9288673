package dev.occ.verifier.cli;

/** Runs a command's work and turns what goes wrong into a message and an exit code. */
final class Guard {
  /** A command's work. */
  interface Work {
    /** The exit code. */
    int run() throws UnusableInputException;
  }

  private Guard() {}

  static int run(Terminal terminal, Work work) {
    try {
      int code = work.run();
      terminal.flush();
      return code;
    } catch (UnusableInputException e) {
      terminal.problem(e.text());
      return ExitCode.UNUSABLE;
    }
  }
}
