package dev.occ.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A real Ethereum node: Ganache, a development chain from the npm registry, which makes a block
 * when it is told to. The folder {@code ~/.cache/occ-ganache} (or {@code OCC_GANACHE}) has it:
 *
 * <pre>{@code
 * mkdir -p ~/.cache/occ-ganache
 * cp .ci/ganache/package*.json ~/.cache/occ-ganache/
 * npm ci --prefix ~/.cache/occ-ganache --ignore-scripts
 * }</pre>
 */
public final class DevelopmentChain implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private DevelopmentChain(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  public static DevelopmentChain start(int chainId, Path log) throws Exception {
    String home = System.getenv().getOrDefault("OCC_GANACHE", "");
    Path folder =
        home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache", "occ-ganache")
            : Path.of(home);
    Path program = folder.resolve("node_modules/ganache/dist/node/cli.js");
    assumeTrue(Files.isRegularFile(program), "no Ganache in " + folder + "; see DevelopmentChain");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "node",
                  program.toString(),
                  "--server.host=127.0.0.1",
                  "--server.port=" + port,
                  "--chain.chainId=" + chainId,
                  "--wallet.seed=occ")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no node on this machine: " + e.getMessage());
      throw e;
    }
    DevelopmentChain chain = new DevelopmentChain(process, URI.create("http://127.0.0.1:" + port));
    chain.awaitStart(log);
    return chain;
  }

  private void awaitStart(Path log) throws Exception {
    Instant deadline = Instant.now().plus(START);
    while (true) {
      try {
        JsonValue unused = call("eth_chainId", "[]");
        return;
      } catch (IOException e) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          close();
          throw new AssertionError(Files.readString(log), e);
        }
        Thread.sleep(100);
      }
    }
  }

  public URI url() {
    return url;
  }

  /** Makes a block, and says which. */
  public Bytes mine() throws Exception {
    JsonValue unused = call("evm_mine", "[]");
    return hash("latest");
  }

  public Bytes hash(String tag) throws Exception {
    JsonView block = JsonView.of(call("eth_getBlockByNumber", "[\"" + tag + "\",false]"));
    return Bytes.fromHex(block.text("hash").substring(2));
  }

  public Counter number() throws Exception {
    JsonView block = JsonView.of(call("eth_getBlockByNumber", "[\"latest\",false]"));
    return Counter.of(Long.parseLong(block.text("number").substring(2), 16));
  }

  /** Everything up to now can be taken back with {@link #revert}. */
  public JsonValue snapshot() throws Exception {
    return call("evm_snapshot", "[]");
  }

  /** Takes blocks back, as a re-organisation does. */
  public void revert(JsonValue snapshot) throws Exception {
    JsonValue unused = call("evm_revert", "[" + snapshot.toJson() + "]");
  }

  /** Another block of the same number than before: its time differs. */
  public Bytes mineAt(long seconds) throws Exception {
    JsonValue unused = call("evm_mine", "[" + seconds + "]");
    return hash("latest");
  }

  private JsonValue call(String method, String parameters) throws Exception {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + method
            + "\",\"params\":"
            + parameters
            + "}";
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonValue answer = JsonValue.read(response.body().getBytes(StandardCharsets.UTF_8));
    return ((JsonObject) answer).get("result").orElseThrow(() -> new IOException(answer.toJson()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Process unused = process.destroyForcibly();
  }
}
