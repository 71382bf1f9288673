package dev.occ.cli;

import picocli.CommandLine;

/** Arguments that make no command. */
public final class Usage {
  private Usage() {}

  /** Says which commands there are. */
  public static int missingCommand(Terminal terminal, CommandLine line) {
    terminal.problem("a command is missing");
    line.usage(terminal.err());
    terminal.err().flush();
    return ExitCode.UNUSABLE;
  }

  /** Names the fault and where help is, instead of a page of help. */
  public static int fault(Terminal terminal, CommandLine.ParameterException e) {
    terminal.problem(Printable.text(String.valueOf(e.getMessage())));
    terminal
        .err()
        .println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    terminal.err().flush();
    return ExitCode.UNUSABLE;
  }
}
