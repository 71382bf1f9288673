package dev.occ.verifier.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy}: writes and checks the policy files that {@code verify} takes. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Writes a policy file from a known-good proof, or checks one.",
    subcommands = {PolicyInitCommand.class, PolicyCheckCommand.class})
public final class PolicyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  /** The command on the process's own streams. */
  public PolicyCommand() {
    this(Terminal.system());
  }

  /**
   * The command on other streams.
   *
   * @param terminal what to read from and print to
   */
  public PolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  /**
   * Says which subcommands there are; by itself there is nothing to do.
   *
   * @return the exit code 2
   */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
    return Usage.missingCommand(terminal, line);
  }
}
