package dev.occ.verifier;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared test vectors; tests that ask for one are skipped where the folder is missing. */
final class Vectors {
  static final String NITRO = "nitro-2026-03-21-18.json";
  static final String NITRO_POLICY = "nitro-2026-03-21-policy.json";
  static final String ANCHOR = "anchor-2026-04-24800448.json";
  static final String STUB_1 = "stub-chain-1.json";
  static final String STUB_2 = "stub-chain-2.json";

  private Vectors() {}

  static byte[] proof(String name) {
    return read("proofs/" + name);
  }

  static JsonNode json(String name) {
    return JsonMapper.shared().readTree(read(name));
  }

  static JsonNode expected(String proof) {
    return json("expected.json").required(proof);
  }

  private static byte[] read(String name) {
    String folder = System.getProperty("occ.vectors", "../../shared/vectors");
    assumeTrue(Files.isDirectory(Path.of(folder)), "no test vectors at " + folder);
    try {
      return Files.readAllBytes(Path.of(folder, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
