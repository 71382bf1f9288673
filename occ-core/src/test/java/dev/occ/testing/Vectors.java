package dev.occ.testing;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The shared test vectors; a test that asks for one is skipped where the folder is missing. */
public final class Vectors {
  private Vectors() {}

  public static byte[] bytes(String file) {
    Path path = Path.of(System.getProperty("occ.vectors", "../../shared/vectors")).resolve(file);
    Assumptions.assumeTrue(
        Files.isRegularFile(path),
        () -> "no test vector " + path + "; OCC_VECTORS names their folder");
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  public static JsonObject object(String file) throws JsonException {
    return (JsonObject) JsonValue.read(bytes(file));
  }

  public static JsonArray array(String file) throws JsonException {
    return (JsonArray) JsonValue.read(bytes(file));
  }
}
