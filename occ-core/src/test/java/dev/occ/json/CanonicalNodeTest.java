package dev.occ.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference runs on JavaScript objects, so Node says what canonical JSON is (spec 2). */
class CanonicalNodeTest {
  private static final int VALUES = 3000;

  /** Fills objects in sorted order, as the reference does; the engine then moves the indices. */
  private static final String SCRIPT =
      """
      const sorted = (v) => Array.isArray(v) ? v.map(sorted)
        : v === null || typeof v !== 'object' ? v
        : Object.keys(v).sort().reduce((o, k) => Object.defineProperty(o, k,
            { value: sorted(v[k]), enumerable: true, configurable: true, writable: true }), {});
      const [from, to] = process.argv.slice(2);
      const fs = require('fs');
      const lines = fs.readFileSync(from, 'utf8').trimEnd().split('\\n');
      fs.writeFileSync(to, lines.map((l) => JSON.stringify(sorted(JSON.parse(l)))).join('\\n'));
      """;

  @TempDir private Path folder;

  @Test
  void encode_anyValue_givesWhatNodeWrites() throws Exception {
    assumeTrue(hasNode(), "Node is not installed");
    List<JsonValue> values = JsonArbitraries.values().list().ofSize(VALUES).sample();
    Path input = folder.resolve("input");
    Files.write(input, values.stream().map(JsonValue::toJson).toList(), StandardCharsets.UTF_8);
    Path script = Files.writeString(folder.resolve("script.cjs"), SCRIPT);
    Path output = folder.resolve("output");

    assertThat(run("node", script.toString(), input.toString(), output.toString())).isZero();

    String[] written = Files.readString(output).split("\n", -1);
    assertThat(written).hasSize(VALUES);
    for (int i = 0; i < VALUES; i++) {
      assertThat(new String(CanonicalJson.encode(values.get(i)), StandardCharsets.UTF_8))
          .as(values.get(i).toJson())
          .isEqualTo(written[i]);
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return run("node", "--version") == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
