package dev.occ.verifier.attestation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared test vectors; tests that ask for one are skipped where the folder is missing. */
final class Vectors {
  static final String PRODUCTION = "8ff485d8a838.cose";
  static final String DEBUG = "2668d61d2fc4.cose";

  private Vectors() {}

  static byte[] attestation(String name) {
    return read("attestation/" + name);
  }

  /** For seeds, which do without. */
  static Optional<byte[]> attestationIfPresent(String name) {
    return Files.isRegularFile(folder().resolve("attestation").resolve(name))
        ? Optional.of(attestation(name))
        : Optional.empty();
  }

  static byte[] read(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String name) {
    return JsonMapper.shared().readTree(read(name));
  }

  private static Path path(String name) {
    Path file = folder().resolve(name);
    assumeTrue(
        Files.isRegularFile(file),
        () -> "no test vector " + file + "; OCC_VECTORS names their folder");
    return file;
  }

  private static Path folder() {
    return Path.of(System.getProperty("occ.vectors", "../../shared/vectors"));
  }
}
