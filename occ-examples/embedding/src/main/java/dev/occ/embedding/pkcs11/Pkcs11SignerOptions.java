package dev.occ.embedding.pkcs11;

import dev.occ.signer.SignerException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How to open a {@link Pkcs11Signer}. The PIN itself is not among it.
 *
 * @param module the native library's file
 * @param token which token
 * @param pin where to read the PIN
 * @param allowSoftware whether a token is accepted that does not claim to be hardware
 */
record Pkcs11SignerOptions(Path module, TokenChoice token, PinSource pin, boolean allowSoftware) {
  static final String MODULE = "module";
  static final String TOKEN = "token";
  static final String SLOT = "slot";
  static final String PIN_FILE = "pinFile";
  static final String ALLOW_SOFTWARE = "allowSoftware";
  static final String PIN_VARIABLE = "OCC_PKCS11_PIN";

  private static final Map<String, String> VARIABLES =
      Map.of(
          MODULE, "OCC_PKCS11_MODULE",
          TOKEN, "OCC_PKCS11_TOKEN",
          SLOT, "OCC_PKCS11_SLOT",
          PIN_FILE, "OCC_PKCS11_PIN_FILE");

  private static final Set<String> NAMES = Set.of(MODULE, TOKEN, SLOT, PIN_FILE, ALLOW_SOFTWARE);

  Pkcs11SignerOptions {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(pin, "pin");
  }

  /**
   * Reads options; where one is not given, its environment variable counts.
   *
   * @throws SignerException with {@link SignerException.Reason#INVALID_CONFIGURATION} if one is
   *     unknown, missing or unusable
   */
  static Pkcs11SignerOptions parse(Map<String, String> options, Map<String, String> environment)
      throws SignerException {
    for (String name : options.keySet()) {
      if (!NAMES.contains(name)) {
        throw invalid("the pkcs11 signer has no option '" + name + "'");
      }
    }
    Given given = new Given(options, environment);
    String module = given.text(MODULE);
    if (module.isEmpty()) {
      throw invalid("name the PKCS#11 module: option module or OCC_PKCS11_MODULE");
    }
    return new Pkcs11SignerOptions(
        path(module, MODULE),
        token(given),
        pin(given, environment),
        flag(options.getOrDefault(ALLOW_SOFTWARE, "false")));
  }

  /** The texts given, empty ones counting as not given. */
  private record Given(Map<String, String> options, Map<String, String> environment) {
    String text(String name) {
      String option = options.getOrDefault(name, "");
      return option.isEmpty()
          ? environment.getOrDefault(VARIABLES.getOrDefault(name, ""), "")
          : option;
    }
  }

  /** A choice among the options takes the place of one in the environment. */
  private static TokenChoice token(Given given) throws SignerException {
    boolean inOptions = given.options.containsKey(TOKEN) || given.options.containsKey(SLOT);
    Given source = inOptions ? new Given(given.options, Map.of()) : given;
    String label = source.text(TOKEN);
    String slot = source.text(SLOT);
    if (!label.isEmpty() && !slot.isEmpty()) {
      throw invalid("name the token or the slot, not both");
    }
    if (!label.isEmpty()) {
      return new TokenChoice.Labelled(label);
    }
    return slot.isEmpty() ? new TokenChoice.Only() : new TokenChoice.InSlot(slotNumber(slot));
  }

  private static long slotNumber(String text) throws SignerException {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION, "the slot must be a decimal number", e);
    }
  }

  private static PinSource pin(Given given, Map<String, String> environment)
      throws SignerException {
    String inEnvironment = environment.getOrDefault(PIN_VARIABLE, "");
    boolean fileInOptions = !given.options.getOrDefault(PIN_FILE, "").isEmpty();
    String file = given.text(PIN_FILE);
    if (!file.isEmpty() && !inEnvironment.isEmpty() && !fileInOptions) {
      throw invalid("set OCC_PKCS11_PIN_FILE or OCC_PKCS11_PIN, not both");
    }
    if (!file.isEmpty()) {
      return PinSource.ofFile(path(file, PIN_FILE));
    }
    if (inEnvironment.isEmpty()) {
      throw invalid("no PIN: give option pinFile, or set OCC_PKCS11_PIN_FILE or OCC_PKCS11_PIN");
    }
    return PinSource.ofText(inEnvironment);
  }

  private static Path path(String value, String name) throws SignerException {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION, name + " is not a path", e);
    }
  }

  private static boolean flag(String value) throws SignerException {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(ALLOW_SOFTWARE + " must be true or false");
    };
  }

  private static SignerException invalid(String problem) {
    return new SignerException(SignerException.Reason.INVALID_CONFIGURATION, problem);
  }
}
