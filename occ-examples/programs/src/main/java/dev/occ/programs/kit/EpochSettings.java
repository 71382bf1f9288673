package dev.occ.programs.kit;

import dev.occ.cli.Printable;
import dev.occ.enclave.program.EnclaveEpoch;
import dev.occ.epoch.EpochOptions;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What bounds the proofs of an epoch in time (spec 10): who anchors, and whether Base does. */
public final class EpochSettings {
  @Option(
      names = "--anchor-key",
      paramLabel = "BASE64",
      defaultValue = "${env:OCC_ANCHOR_KEY}",
      description =
          "Make anchors for claims that this Ed25519 public key has signed; occ anchor-key makes"
              + " one. In an image the measurement covers it. Also OCC_ANCHOR_KEY (default: no"
              + " anchors).")
  private Optional<String> anchorKey = Optional.empty();

  @Option(
      names = "--base-floors",
      defaultValue = "${env:OCC_BASE_FLOORS:-false}",
      description =
          "Take a block of Base as the floor of a slot when the parent gives its header. Also"
              + " OCC_BASE_FLOORS=true.")
  private boolean baseFloors;

  /** For picocli. */
  public EpochSettings() {}

  /**
   * The options of the epoch.
   *
   * @param spec of the command, for messages
   * @throws ParameterException if the key cannot be used
   */
  public EpochOptions options(CommandSpec spec) {
    try {
      return EnclaveEpoch.options(anchorKey, baseFloors);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--anchor-key (OCC_ANCHOR_KEY): " + Printable.of(String.valueOf(e.getMessage())),
          e);
    }
  }
}
