package dev.occ.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/self-host.md}, all but those that need AWS or Docker. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "runs the page's commands with bash")
class GuideIT {
  private static final Path ROOT = ProjectFiles.root();
  private static final String KEY_LINE = "The API key of this run: ";

  /** How many blocks this test cannot run, by where they can: a new one is to be seen here. */
  private static final Map<String, Integer> ELSEWHERE =
      new TreeMap<>(
          Map.of(
              "elsewhere (AWS account)", 1,
              "elsewhere (AWS)", 1,
              "elsewhere (Docker)", 1,
              "elsewhere (EC2)", 5,
              "elsewhere (image build)", 1,
              "elsewhere (EIF)", 1));

  @TempDir private Path folder;
  private List<Guide> blocks = List.of();

  @BeforeEach
  void readPage() throws IOException {
    blocks = Guide.in(Files.readAllLines(ROOT.resolve("docs/self-host.md")));
    Files.createSymbolicLink(folder.resolve("occ-examples"), ROOT.resolve("occ-examples"));
    // The launcher would build again if Maven has left an unchanged jar alone.
    Path jar = ROOT.resolve("occ-examples/programs/target/occ.jar");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis()));
    Files.writeString(
        folder.resolve("occ"), "#!/bin/sh\nexec '" + ROOT.resolve("occ") + "' \"$@\"\n");
    assertThat(folder.resolve("occ").toFile().setExecutable(true)).isTrue();
  }

  @Test
  void page_always_saysOfEachBlockWhereItRuns(TestReporter reporter) {
    Map<String, Integer> counts =
        blocks.stream()
            .filter(block -> block.how().startsWith("elsewhere"))
            .collect(Collectors.toMap(Guide::how, block -> 1, Integer::sum, TreeMap::new));
    blocks.stream()
        .filter(block -> block.how().startsWith("elsewhere"))
        .forEach(block -> reporter.publishEntry("not run here", block + "\n" + block.text()));
    assertThat(counts).isEqualTo(ELSEWHERE);
    assertThat(blocks.stream().map(Guide::how).filter(how -> !how.startsWith("elsewhere")))
        .containsOnly("runs", "starts up", "runs with up", "runs with up and client");
  }

  @Test
  void commandsElsewhere_always_areShellAndNameFilesThatExist() throws Exception {
    for (Guide block : blocks) {
      Path script = Files.writeString(folder.resolve("block.sh"), block.text());
      Ended ended = Ended.of(folder, Map.of(), "bash", "-n", script);
      assertThat(ended.exitCode()).as(block + ": " + ended.err()).isZero();
      for (String word : block.text().split("\\s+", -1)) {
        if (word.startsWith("systemd/") || word.equals("logrotate.conf")) {
          assertThat(DeployFiles.FOLDER.resolve(word)).as(block.toString()).exists();
        }
      }
    }
  }

  @Test
  void commandsThatRunAlone_all_succeed() throws Exception {
    List<Guide> alone = blocks.stream().filter(block -> block.how().equals("runs")).toList();
    assertThat(alone).hasSize(2);
    for (Guide block : alone) {
      Ended ended = Ended.of(folder, Map.of(), "bash", "-euo", "pipefail", "-c", block.text());
      assertThat(ended.exitCode()).as(block + "\n" + ended).isZero();
      assertThat(ended.out()).as(block.toString()).isNotBlank();
    }
  }

  @Test
  void laptop_curlLines_giveAProofThatVerifies() throws Exception {
    Ended ended = onLaptop("runs with up");
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("\"ok\":true", "\"publicKeyB64\"", "\"enforcement\"");
    assertThat(folder.resolve("proofs.json")).isNotEmptyFile();
  }

  @Test
  void laptop_ownClient_givesAProofThatVerifies() throws Exception {
    assumeTrue(
        Run.occ("commit", "--help").out().contains("--url"), "occ commit knows no --url yet");
    Ended ended = onLaptop("runs with up", "runs with up and client");
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(folder.resolve("letter.txt.occ.json")).isNotEmptyFile();
  }

  /** Starts {@code ./occ up} as the page says, and runs the blocks in one shell after another's. */
  private Ended onLaptop(String... kinds) throws Exception {
    Guide up = blocks.stream().filter(b -> b.how().equals("starts up")).findFirst().orElseThrow();
    assertThat(up.text()).isEqualTo("./occ up\n");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "exec " + up.text())
            .directory(folder.toFile())
            .redirectError(folder.resolve("up.err").toFile());
    builder.environment().put("PORT", String.valueOf(port));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      String key = key(process.inputReader(UTF_8));
      String script =
          blocks.stream()
              .filter(block -> List.of(kinds).contains(block.how()))
              .map(Guide::text)
              .collect(Collectors.joining())
              .replace("localhost:8080", "localhost:" + port)
              .replace("PASTE-THE-KEY", key);
      return Ended.of(folder, Map.of(), "bash", "-euo", "pipefail", "-c", script);
    } finally {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private String key(BufferedReader out) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(KEY_LINE)) {
        return line.substring(line.indexOf(KEY_LINE) + KEY_LINE.length()).strip();
      }
    }
    throw new AssertionError(
        "./occ up ended:\n" + seen + Files.readString(folder.resolve("up.err")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
