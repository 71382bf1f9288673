package dev.occ.verifier.cli.chain;

import dev.occ.cli.CommandGroup;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code chain}: what many proofs tell together. */
@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the history of many proofs.",
    subcommands = ChainVerifyCommand.class)
public final class ChainCommand extends CommandGroup {
  private ConfirmationSource confirmation = Optional::empty;

  /** Gives what a run confirms anchors with; asked once, after the arguments were read. */
  @FunctionalInterface
  public interface ConfirmationSource {
    /**
     * What to confirm anchors with.
     *
     * @return empty if nobody is to be asked
     * @throws UnusableInputException if the user's arguments about it cannot be used
     */
    Optional<AnchorConfirmation> get() throws UnusableInputException;
  }

  /** The command on the process's own streams. */
  public ChainCommand() {
    this(Terminal.system());
  }

  /**
   * The command on other streams.
   *
   * @param terminal what to read from and print to
   */
  public ChainCommand(Terminal terminal) {
    super(terminal);
  }

  /**
   * Lets {@code chain verify} ask about the anchored blocks.
   *
   * @param source gives whom to ask
   */
  public void confirmAnchorsWith(ConfirmationSource source) {
    confirmation = Objects.requireNonNull(source, "source");
  }

  public ConfirmationSource confirmation() {
    return confirmation;
  }
}
