package dev.occ.examples;

import dev.occ.verifier.cli.InspectCommand;
import dev.occ.verifier.cli.PolicyCommand;
import dev.occ.verifier.cli.VerifyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The program {@code occ}: everything that this project can do, as subcommands. All of them end
 * with the exit codes of {@link ExitCodes}.
 */
@Command(
    name = "occ",
    description = "Makes and checks OCC proofs (Origin Controlled Computing).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CommitCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      PolicyCommand.class,
      EnclaveCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done or valid, 1 refused or not valid, 2 unusable input or arguments."
    })
public final class Occ implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  Occ() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command's name and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, ready to be executed; streams can still be set. */
  static CommandLine commandLine() {
    return new CommandLine(new Occ()).setExecutionExceptionHandler(new FailureReport());
  }

  /** Without a command there is nothing to do, which is an error of use. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.UNUSABLE;
  }
}
