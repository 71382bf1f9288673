package dev.occ.verifier;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared test vectors; tests that ask for one are skipped where the folder is missing. */
public final class Vectors {
  static final String NITRO = "nitro-2026-03-21-18.json";
  static final String NITRO_POLICY = "nitro-2026-03-21-policy.json";
  static final String ANCHOR = "anchor-2026-04-24800448.json";
  static final String STUB_1 = "stub-chain-1.json";
  static final String STUB_2 = "stub-chain-2.json";

  private static final String FOLDER = System.getProperty("occ.vectors", "../../shared/vectors");

  private Vectors() {}

  static byte[] proof(String name) {
    return read("proofs/" + name);
  }

  /** Any file, by its path below the vectors. */
  static byte[] document(String path) {
    return read(path);
  }

  /** A file of JSON. */
  public static JsonNode json(String name) {
    return JsonMapper.shared().readTree(read(name));
  }

  static JsonNode expected(String proof) {
    return json("expected.json").required(proof);
  }

  /** The real proofs, those that are at hand. */
  static List<byte[]> proofsIfPresent() {
    return Stream.of(NITRO, NITRO_POLICY, ANCHOR, STUB_1, STUB_2)
        .filter(name -> Files.isRegularFile(Path.of(FOLDER, "proofs", name)))
        .map(Vectors::proof)
        .toList();
  }

  private static byte[] read(String name) {
    Path file = Path.of(FOLDER, name);
    assumeTrue(
        Files.isRegularFile(file),
        () -> "no test vector " + file + "; OCC_VECTORS names their folder");
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
