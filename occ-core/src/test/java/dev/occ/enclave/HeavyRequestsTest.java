package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests inside of every limit of bytes that take forty times as much once they are parsed,
 * against a server with the heap and the flags of the enclave's image: nothing ends, each gets an
 * answer with a code, and honest commits go through afterwards in the same epoch.
 */
class HeavyRequestsTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 6;
  private static final String DIGEST = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir private Path folder;
  private Path socket;
  private Process server;
  private String epochId;

  @BeforeEach
  void start() throws IOException {
    socket = folder.resolve("enclave.sock");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                HeavyServer.class.getName(),
                "unix:" + socket)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = server.inputReader().readLine();
    assertThat(line).as("the server starts").isNotNull();
    epochId = line.substring(0, line.indexOf(' '));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void commits_ofManySmallValues_endNothing() throws Exception {
    assertThat(inParallel(() -> ask(commit(slot(), heavyMembers(64 * 1024 - 64)))))
        .isSubsetOf("busy", "request-too-large", "proof");
    assertServes();
  }

  @Test
  void health_ofManySmallValues_endsNothing() throws Exception {
    String request = "{\"action\":\"health\",\"x\":" + many("{\"\":0}", 3_900_000) + "}";
    assertThat(inParallel(() -> ask(request))).isSubsetOf("busy", "unknown-member");
    String known = "{\"action\":\"allocateSlot\",\"chainId\":" + many("{\"\":0}", 3_900_000) + "}";
    assertThat(inParallel(() -> ask(known))).isSubsetOf("busy", "request-too-large");
    assertServes();
  }

  @Test
  void requests_ofHeavyShapes_endNothing() throws Exception {
    for (String unit : List.of("[]", "{}", "\"\"", "0", "{\"a\":{\"b\":{}}}", "[[[[]]]]")) {
      String request = "{\"action\":\"allocateSlot\",\"chainId\":" + many(unit, 1_000_000) + "}";
      assertThat(inParallel(() -> ask(request)))
          .isSubsetOf("busy", "request-too-large", "wrong-type");
    }
    assertServes();
  }

  @Test
  void commit_ofTheLongestPlainText_isServed() throws Exception {
    String metadata = "{\"text\":\"" + "x".repeat(60_000) + "\"}";
    assertThat(ask(commit(slot(), ",\"metadata\":" + metadata))).isEqualTo("proof");
  }

  private interface Attack {
    String run() throws Exception;
  }

  /** What the attack's requests are answered. */
  private static Set<String> inParallel(Attack attack) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS * ROUNDS; i++) {
        answers.add(threads.submit(attack::run));
      }
      Set<String> codes = new TreeSet<>();
      for (Future<String> answer : answers) {
        codes.add(answer.get(2, TimeUnit.MINUTES));
      }
      return codes;
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertServes() throws Exception {
    assertThat(server.isAlive()).isTrue();
    assertThat(ask(commit(slot(), ""))).isEqualTo("proof");
    assertThat(json("{\"action\":\"key\"}").text("epochId")).isEqualTo(epochId);
  }

  private String slot() throws Exception {
    JsonView answer = json("{\"action\":\"allocateSlot\"}");
    return answer.object().has("slotId") ? answer.text("slotId") : "none";
  }

  private static String commit(String slot, String more) {
    return "{\"action\":\"commitDigest\",\"slotId\":\""
        + slot
        + "\",\"digestB64\":\""
        + DIGEST
        + "\""
        + more
        + "}";
  }

  private static String heavyMembers(int length) {
    String values = many("{\"\":0}", length);
    return ",\"metadata\":{\"x\":"
        + values
        + "},\"policy\":{\"digestB64\":\""
        + DIGEST
        + "\",\"x\":"
        + values
        + "},\"principal\":{\"id\":\"a\",\"x\":"
        + values
        + "},\"attribution\":{\"name\":\"a\",\"x\":"
        + values
        + "}";
  }

  private static String many(String unit, int length) {
    int count = Math.max(1, (length - 100) / (unit.length() + 1));
    return "[" + (unit + ",").repeat(count - 1) + unit + "]";
  }

  /** The code of an error, or what kind of answer came. */
  private String ask(String request) throws Exception {
    JsonObject answer = json(request).object();
    if (answer.has("code")) {
      return JsonView.of(answer).text("code");
    }
    return answer.has("proof") ? "proof" : "ok";
  }

  private JsonView json(String request) throws Exception {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(channel.connect(UnixDomainSocketAddress.of(socket))).isTrue();
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (out.hasRemaining()) {
        int unused = channel.write(out);
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer in = ByteBuffer.allocate(64 * 1024);
      while (channel.read(in) >= 0) {
        answer.write(in.array(), 0, in.position());
        in.clear();
      }
      return JsonView.of(JsonValue.read(answer.toByteArray()));
    }
  }
}
