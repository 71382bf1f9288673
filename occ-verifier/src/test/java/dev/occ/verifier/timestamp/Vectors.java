package dev.occ.verifier.timestamp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real proofs with timestamps; tests that ask for one are skipped where it is missing. */
final class Vectors {
  static final String PROOF_18 = "nitro-2026-03-21-18.json";
  static final String PROOF_POLICY = "nitro-2026-03-21-policy.json";

  /** SHA-256 of FreeTSA's root certificate, which the real tokens bring. */
  static final String FREETSA_ROOT =
      "a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc";

  private static final Path FOLDER =
      Path.of(System.getProperty("occ.vectors", "../../shared/vectors"), "proofs");

  private Vectors() {}

  static boolean present() {
    return Files.isRegularFile(FOLDER.resolve(PROOF_18));
  }

  static Proof proof(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(
        Files.isRegularFile(file),
        () -> "no test vector " + file + "; OCC_VECTORS names their folder");
    try {
      return Proof.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  static TimestampVerifier verifier() {
    try {
      return TimestampVerifier.builder().rootSha256(Bytes.fromHex(FREETSA_ROOT)).build();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
