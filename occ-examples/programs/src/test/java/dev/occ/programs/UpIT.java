package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code occ up} and {@code occ parent} as processes: what is printed is what can be pasted. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Unix sockets and Linux's signals")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class UpIT {
  private static final Path SCRIPT = ProjectFiles.root().resolve("occ");
  private static final Path JAR =
      ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar");
  private static final String KEY = "a-key-for-tests-0123456789";
  private static final int SIGTERM_EXIT = 128 + 15;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void markJarAsFresh() throws IOException {
    assumeTrue(Files.exists(JAR), "no jar: run the phase package first");
    Object unused = Files.setLastModifiedTime(JAR, FileTime.from(Instant.now()));
  }

  @AfterEach
  void cleanUp() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void up_printedLines_canBePasted() throws Exception {
    Process up = start(Map.of(), "up", "--port", "0");
    BufferedReader out = up.inputReader(StandardCharsets.UTF_8);
    String text = readTo(out, "Ctrl-C");
    List<String> lines =
        text.lines()
            .map(String::strip)
            .dropWhile(line -> !line.startsWith("curl"))
            .takeWhile(line -> !line.isEmpty())
            .toList();
    assertThat(lines).hasSize(6);
    String url = lines.get(0).substring("curl -s ".length()).replace("/health", "");
    assertThat(get(url + "/").body()).startsWith("<!doctype html>");
    assertThat(get(url + "/health").body()).isEqualTo("{\"ok\":true}");
    paste(lines);
    up.destroy();
    assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(up.exitValue()).isEqualTo(SIGTERM_EXIT);
  }

  private void paste(List<String> lines) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no curl here");
    Path link = Files.createSymbolicLink(folder.resolve("occ"), SCRIPT);
    assertThat(link).exists();
    Process shell =
        new ProcessBuilder("sh", "-e", "-c", String.join("\n", lines))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    started.add(shell);
    String said;
    try (InputStream in = shell.getInputStream()) {
      said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said).startsWith("{\"ok\":true}{\"publicKeyB64\":");
    assertThat(Files.readString(folder.resolve("proofs.json")))
        .contains("uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=");
  }

  @Test
  void parent_enclaveKilledMidBatch_givesBackWhatWasMadeAndRecovers() throws Exception {
    Path socket = Files.createTempDirectory(Path.of("/tmp"), "occ-up").resolve("s");
    Process enclave = enclave(socket);
    Process parent =
        start(
            Map.of("API_KEYS", KEY, "PORT", "0", "ENCLAVE", "unix:" + socket),
            "parent",
            "--management-port",
            "0");
    BufferedReader log = parent.errorReader(StandardCharsets.UTF_8);
    String serving = readTo(log, "serving on");
    CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> drain(log));
    String port = serving.replaceAll("(?s).*serving on /127\\.0\\.0\\.1:(\\d+),.*", "$1");
    String url = "http://127.0.0.1:" + port.strip();
    HttpClient client = HttpClient.newHttpClient();
    assertThat(client.send(commit(url, 2), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    CompletableFuture<HttpResponse<String>> batch =
        client.sendAsync(commit(url, 1000), BodyHandlers.ofString());
    TimeUnit.MILLISECONDS.sleep(20); // whenever it is, the answer must be one of the two
    enclave.destroyForcibly();
    assertThat(enclave.waitFor(1, TimeUnit.MINUTES)).isTrue();
    HttpResponse<String> answer = batch.get(1, TimeUnit.MINUTES);
    if (answer.statusCode() != 200) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"enclave-unavailable\"");
    }
    assertThat(get(url + "/health").statusCode()).isEqualTo(503);
    Process second = enclave(socket);
    assertThat(client.send(commit(url, 2), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    // Not Process.destroy, which also closes the pipe that is being read.
    assertThat(parent.toHandle().destroy()).isTrue();
    assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(parent.exitValue()).isEqualTo(SIGTERM_EXIT);
    String said = serving + rest.get(1, TimeUnit.MINUTES);
    assertThat(said).contains("the enclave restarted; new epoch").doesNotContain(KEY);
    second.destroy();
    assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private Process enclave(Path socket) throws IOException {
    Process enclave = start(Map.of(), "enclave", "--signer", "soft", "--listen", "unix:" + socket);
    BufferedReader log = enclave.errorReader(StandardCharsets.UTF_8);
    assertThat(readTo(log, "serving on")).doesNotContain("ERROR");
    CompletableFuture<String> unused = CompletableFuture.supplyAsync(() -> drain(log));
    return enclave;
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static String readTo(BufferedReader reader, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      String line = reader.readLine();
      if (line == null) {
        throw new AssertionError("the process ended after: " + text);
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static String drain(BufferedReader reader) {
    return reader.lines().collect(Collectors.joining("\n"));
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static HttpRequest commit(String url, int count) {
    String digest =
        "{\"digestB64\":\"uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=\",\"hashAlg\":\"sha256\"}";
    String digests =
        IntStream.range(0, count).mapToObj(i -> digest).collect(Collectors.joining(","));
    return HttpRequest.newBuilder(URI.create(url + "/commit"))
        .header("Authorization", "Bearer " + KEY)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"digests\":[" + digests + "]}"))
        .build();
  }
}
