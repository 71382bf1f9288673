package dev.occ.verifier.cli.policy;

import dev.occ.cli.CommandGroup;
import dev.occ.cli.Terminal;
import dev.occ.cli.Version;
import picocli.CommandLine.Command;

/** {@code policy}: writes and checks the policy files that {@code verify} takes. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Writes a policy file from a known-good proof, or checks a policy file.",
    subcommands = {PolicyInitCommand.class, PolicyCheckCommand.class})
public final class PolicyCommand extends CommandGroup {
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
    super(terminal);
  }
}
