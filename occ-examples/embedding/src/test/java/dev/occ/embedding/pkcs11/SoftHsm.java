package dev.occ.embedding.pkcs11;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tokens of SoftHSM (Debian: softhsm2) in a folder of this build. The build names the configuration
 * file in SOFTHSM2_CONF; tests that need a token skip where that or SoftHSM is missing.
 */
final class SoftHsm {
  static final String PIN = "correct-pin-4711";
  private static final String SO_PIN = "security-officer";
  private static final String CONFIGURATION = "SOFTHSM2_CONF";

  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

  private SoftHsm() {}

  /** The module; the test skips if it is missing. */
  static Path module() {
    Optional<Path> module = MODULES.stream().filter(Files::isRegularFile).findFirst();
    assumeTrue(module.isPresent(), "SoftHSM is not installed (Debian: softhsm2)");
    return module.orElseThrow();
  }

  /** Where SoftHSM keeps its tokens; empty the first time. */
  static Path configure() throws IOException {
    String file = System.getenv(CONFIGURATION);
    assumeTrue(file != null, CONFIGURATION + " is not set; the build sets it");
    Path configuration = Path.of(file);
    Path tokens = configuration.resolveSibling("tokens");
    Files.createDirectories(tokens);
    Files.writeString(
        configuration,
        "directories.tokendir = "
            + tokens
            + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.mechanisms = ALL\n");
    return tokens;
  }

  /** Makes a token with a label, unless there is one. */
  static void token(String label) throws IOException, InterruptedException {
    module();
    configure();
    if (run("softhsm2-util", "--show-slots").contains(label + " ")) {
      return;
    }
    String said =
        run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--so-pin",
            SO_PIN,
            "--pin",
            PIN);
    if (!said.contains("has been initialized")) {
      throw new IOException("softhsm2-util said: " + said);
    }
  }

  /** Removes a token of this label. */
  static void remove(String label) throws IOException, InterruptedException {
    String said = run("softhsm2-util", "--delete-token", "--token", label);
    if (!said.contains("deleted")) {
      throw new IOException("softhsm2-util said: " + said);
    }
  }

  /** Options for a token with this label. */
  static Map<String, String> options(String label) {
    return Map.of(
        Pkcs11SignerOptions.MODULE,
        module().toString(),
        Pkcs11SignerOptions.TOKEN,
        label,
        Pkcs11SignerOptions.ALLOW_SOFTWARE,
        "true");
  }

  /** A provider whose environment has the PIN. */
  static Pkcs11SignerProvider provider() {
    return new Pkcs11SignerProvider(Map.of(Pkcs11SignerOptions.PIN_VARIABLE, PIN));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.start();
    try (InputStream in = process.getInputStream()) {
      String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return said;
    }
  }
}
