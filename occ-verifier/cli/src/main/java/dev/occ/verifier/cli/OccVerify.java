package dev.occ.verifier.cli;

import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Usage;
import dev.occ.cli.Version;
import dev.occ.verifier.cli.attestation.AttestationCommand;
import dev.occ.verifier.cli.chain.ChainCommand;
import dev.occ.verifier.cli.inspect.InspectCommand;
import dev.occ.verifier.cli.policy.PolicyCommand;
import dev.occ.verifier.cli.verify.VerifyCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The standalone verifier, {@code occ-verify}. */
@Command(
    name = "occ-verify",
    mixinStandardHelpOptions = true,
    description = "Verifies OCC proofs offline and shows their contents.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class)
public final class OccVerify implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  private OccVerify(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    int code = run(Terminal.system(), arguments);
    if (code != 0) {
      System.exit(code); // returning is the same as 0, and starts no logging in the JDK
    }
  }

  /**
   * Runs the program.
   *
   * @param terminal what to read from and print to
   * @param arguments the command line
   * @return the exit code: 0, 1 for proofs that are not valid, 2 for unusable input or arguments
   */
  public static int run(Terminal terminal, String... arguments) {
    try {
      return commandLine(terminal, arguments).execute(arguments);
    } catch (Error e) { // before or after a command's own guard
      return Guard.broken(terminal, e);
    }
  }

  private static CommandLine commandLine(Terminal terminal, String... arguments) {
    CommandLine line = new CommandLine(new OccVerify(terminal));
    addCommands(line, terminal, arguments.length == 0 ? "" : arguments[0]);
    // A file's name must not bring in options, roots of trust included.
    line.setExpandAtFiles(false);
    line.registerConverter(Path.class, OccVerify::path);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((e, rest) -> Usage.fault(terminal, e));
    return line;
  }

  private static Path path(String argument) {
    try {
      return InputFiles.path(argument);
    } catch (UnusableInputException e) {
      throw new CommandLine.TypeConversionException(e.text());
    }
  }

  /** Only the one that is called for, if it is one: the others would double the time to start. */
  private static void addCommands(CommandLine line, Terminal terminal, String name) {
    switch (name) {
      case "verify" -> line.addSubcommand(new VerifyCommand(terminal));
      case "inspect" -> line.addSubcommand(new InspectCommand(terminal));
      case "policy" -> line.addSubcommand(new PolicyCommand(terminal));
      case "attestation" -> line.addSubcommand(new AttestationCommand(terminal));
      case "chain" -> line.addSubcommand(new ChainCommand(terminal));
      default -> {
        line.addSubcommand(new VerifyCommand(terminal));
        line.addSubcommand(new InspectCommand(terminal));
        line.addSubcommand(new PolicyCommand(terminal));
        line.addSubcommand(new ChainCommand(terminal));
        line.addSubcommand(new AttestationCommand(terminal));
      }
    }
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
    return Usage.missingCommand(terminal, line);
  }
}
