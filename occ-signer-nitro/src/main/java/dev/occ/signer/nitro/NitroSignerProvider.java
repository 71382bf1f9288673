package dev.occ.signer.nitro;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes {@link NitroSigner} available under the name {@code nitro}. Options, each optional: {@code
 * device}, the NSM's device file ({@code /dev/nsm}); {@code allowDebug}, {@code true} or {@code
 * false} (the default).
 */
public final class NitroSignerProvider implements SignerProvider {
  private static final String NAME = "nitro";
  private static final String DEVICE = "device";
  private static final String ALLOW_DEBUG = "allowDebug";

  /** For {@link java.util.ServiceLoader}. */
  public NitroSignerProvider() {}

  /**
   * {@inheritDoc}
   *
   * @return {@code nitro}
   */
  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Signer open(Map<String, String> options) throws SignerException {
    return NitroSigner.open(parse(options));
  }

  static NitroSignerOptions parse(Map<String, String> options) throws SignerException {
    NitroSignerOptions parsed = NitroSignerOptions.defaults();
    for (Map.Entry<String, String> option : options.entrySet()) {
      parsed =
          switch (option.getKey()) {
            case DEVICE -> parsed.withDevice(path(option.getValue()));
            case ALLOW_DEBUG -> flag(option.getValue()) ? parsed.allowingDebug() : parsed;
            default -> throw invalid("there is no option '" + option.getKey() + "'");
          };
    }
    return parsed;
  }

  private static Path path(String value) throws SignerException {
    if (value.isEmpty()) {
      throw invalid("the device must not be empty");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION, "the device is not a path", e);
    }
  }

  private static boolean flag(String value) throws SignerException {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(ALLOW_DEBUG + " must be true or false");
    };
  }

  private static SignerException invalid(String problem) {
    return new SignerException(SignerException.Reason.INVALID_CONFIGURATION, problem);
  }
}
