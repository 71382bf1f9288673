package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.ProjectFiles;
import dev.occ.proof.Bytes;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of {@code occ anchor} as a process; needs no Ethereum node, for it never ends by itself.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Linux's signals")
class AnchorStopIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void anchor_sigterm_ends() throws Exception {
    Path key = folder.resolve("anchor.key");
    Bytes unusedKey = AnchorKeyFile.create(key);
    Process anchor =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar").toString(),
                    "anchor",
                    "--rpc",
                    "http://127.0.0.1:1",
                    "--url",
                    "http://127.0.0.1:1",
                    "--anchor-key-file",
                    key.toString(),
                    "--state",
                    folder.resolve("state.json").toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader err = anchor.errorReader(StandardCharsets.UTF_8)) {
      assertThat(err.readLine()).contains("next attempt"); // it is at work
      anchor.destroy();
      assertThat(anchor.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
      assertThat(anchor.exitValue()).isEqualTo(128 + 15);
    } finally {
      Process unused = anchor.destroyForcibly();
    }
  }
}
