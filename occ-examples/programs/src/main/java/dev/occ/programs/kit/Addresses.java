package dev.occ.programs.kit;

import dev.occ.cli.Printable;
import dev.occ.enclave.EnclaveAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Addresses among a command's arguments. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads an option's address.
   *
   * @throws ParameterException if it is none
   */
  public static EnclaveAddress parse(CommandSpec spec, String option, String text) {
    try {
      return EnclaveAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw unusable(spec, option, text, e);
    }
  }

  /** An error of use, for the caller to throw. */
  public static ParameterException unusable(
      CommandSpec spec, String option, String text, IllegalArgumentException e) {
    return new ParameterException(
        spec.commandLine(), Printable.of(option + " " + text + ": " + e.getMessage()), e);
  }
}
