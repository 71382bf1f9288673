package dev.occ.programs.kit;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which signer a command opens. Each command has a default of its own. */
public final class SignerOptions {
  @Option(
      names = "--signer",
      paramLabel = "NAME",
      description = "The signer: soft, nitro, or the name of another installed provider.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--signer-option",
      paramLabel = "NAME=VALUE",
      description = "An option of the signer. May be repeated.")
  private Map<String, String> options = Map.of();

  /** For picocli. */
  public SignerOptions() {}

  /** Whether the user asked for a signer, or said something about it. */
  public boolean areGiven() {
    return name.isPresent() || !options.isEmpty();
  }

  /** The signer's name. */
  public String name(String defaultName) {
    return name.orElse(defaultName);
  }

  /** The options that the user gave. */
  public Map<String, String> options() {
    return Map.copyOf(options);
  }

  /**
   * Opens the signer.
   *
   * @param defaultName whom to open unless the user says otherwise
   * @param more options besides the user's, which they override
   * @throws SignerException if it cannot be opened
   */
  public Signer open(String defaultName, Map<String, String> more) throws SignerException {
    Map<String, String> all = new HashMap<>(options);
    all.putAll(more);
    return SignerProvider.named(name.orElse(defaultName)).open(all);
  }
}
