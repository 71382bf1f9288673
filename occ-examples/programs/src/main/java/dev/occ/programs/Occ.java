package dev.occ.programs;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.json.JsonException;
import dev.occ.programs.anchor.AnchorCommand;
import dev.occ.programs.anchor.AnchorKeyCommand;
import dev.occ.programs.anchor.NodeConfirmation;
import dev.occ.programs.anchor.RpcOptions;
import dev.occ.programs.bridge.BridgeCommand;
import dev.occ.programs.commit.CommitCommand;
import dev.occ.programs.completion.CompletionCommand;
import dev.occ.programs.demo.DemoCommand;
import dev.occ.programs.eif.EifCommand;
import dev.occ.programs.kit.FailureReport;
import dev.occ.programs.service.EnclaveCommand;
import dev.occ.programs.service.ParentCommand;
import dev.occ.programs.service.UpCommand;
import dev.occ.programs.timestamp.StampCommand;
import dev.occ.verifier.cli.attestation.AttestationCommand;
import dev.occ.verifier.cli.chain.ChainCommand;
import dev.occ.verifier.cli.inspect.InspectCommand;
import dev.occ.verifier.cli.policy.PolicyCommand;
import dev.occ.verifier.cli.verify.VerifyCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The program {@code occ}: everything that this project can do, as subcommands. All of them end
 * with the exit codes of {@link ExitCode}.
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
      StampCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      AttestationCommand.class,
      PolicyCommand.class,
      ChainCommand.class,
      EnclaveCommand.class,
      AnchorCommand.class,
      AnchorKeyCommand.class,
      ParentCommand.class,
      UpCommand.class,
      BridgeCommand.class,
      EifCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "OCC_CLASS_PATH: jars and folders that hold further signers, separated as in a class path.",
      "OCC_JAVA_OPTS: options for the JVM.",
      "Exit codes: 0 done or valid, 1 refused or not valid, 2 invalid arguments or input."
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
    System.exit(run(commandLine(), args));
  }

  /**
   * The exit code of a run. An error left alone, want of memory above all, would end the JVM with
   * 1, which says that a proof is not valid.
   */
  static int run(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (Error e) {
      return FailureReport.broken(line, e);
    }
  }

  /** The whole command line, ready to be executed; streams can still be set. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Occ());
    // A file's name must not bring in options, roots of trust included.
    line.setExpandAtFiles(false);
    letChainVerifyAskNodes(subcommand(line, "chain"));
    require(subcommand(line, "stamp"), "--tsa");
    require(subcommand(line, "anchor"), "--rpc");
    line.registerConverter(Path.class, Occ::path);
    return line.setExecutionExceptionHandler(new FailureReport());
  }

  /** The JVM decodes arguments by the locale: of other bytes than its letters' no name is left. */
  private static Path path(String argument) {
    if (argument.isEmpty()) { // to the JDK the current folder, to a user a variable that is not set
      throw new TypeConversionException("the file name is empty");
    }
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'"
              + Printable.of(argument)
              + "' is not a valid file name: "
              + e.getReason()
              + " (for characters outside the locale set LC_ALL=C.UTF-8)");
    }
  }

  private static CommandLine subcommand(CommandLine line, String name) {
    return Objects.requireNonNull(line.getSubcommands().get(name), name);
  }

  /** Of options that another command may do without: help and faults show that it is needed. */
  private static void require(CommandLine command, String name) {
    CommandSpec spec = command.getCommandSpec();
    OptionSpec option = Objects.requireNonNull(spec.findOption(name), name);
    CommandSpec unused =
        spec.remove(option).addOption(OptionSpec.builder(option).required(true).build());
  }

  /** The verifier itself opens no connection: asking Ethereum nodes is this program's addition. */
  private static void letChainVerifyAskNodes(CommandLine chain) {
    RpcOptions rpc = new RpcOptions();
    subcommand(chain, "verify").addMixin("rpc", rpc);
    ChainCommand command = chain.getCommand();
    command.confirmAnchorsWith(
        () -> {
          if (!rpc.isGiven()) {
            return Optional.empty();
          }
          try {
            return Optional.of(new NodeConfirmation(rpc.blocks()));
          } catch (JsonException | IllegalArgumentException e) {
            throw new UnusableInputException(Printable.of(String.valueOf(e.getMessage())));
          }
        });
  }

  /** Without a command there is nothing to do, which is an error of use. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.UNUSABLE;
  }
}
