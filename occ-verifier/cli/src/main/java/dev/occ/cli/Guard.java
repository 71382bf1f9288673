package dev.occ.cli;

/** Runs a command's work and turns what goes wrong into a message and an exit code. */
public final class Guard {
  /** A command's work. */
  public interface Work {
    /** The exit code. */
    int run() throws UnusableInputException;
  }

  private Guard() {}

  public static int run(Terminal terminal, Work work) {
    try {
      int code = work.run();
      terminal.flush();
      return code;
    } catch (UnusableInputException e) {
      terminal.problem(e.text());
      return ExitCode.UNUSABLE;
    } catch (Error e) {
      return broken(terminal, e);
    }
  }

  /**
   * The exit code of a run that an error ended. Left alone the JVM would exit with 1, which here
   * says that a proof is not valid, and no verdict was reached.
   */
  public static int broken(Terminal terminal, Error e) {
    String what = e instanceof OutOfMemoryError ? "out of memory" : "internal error";
    try {
      terminal.problem("no verdict: " + what + " (" + Printable.text(e.toString()) + ")");
    } catch (OutOfMemoryError again) {
      return ExitCode.UNUSABLE; // the message is lost, the code is not
    }
    return ExitCode.UNUSABLE;
  }
}
