package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.Served.Transport;
import dev.occ.json.JsonObject;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One-shot clients as they are in the field: through the real socat. Skipped where there is none.
 */
@Tag("socat")
@Timeout(60)
class SocatTest {
  @BeforeEach
  void requireSocat() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "socat")));
    Assumptions.assumeTrue(installed, "skipped: socat is not installed");
  }

  @Test
  void unixConnect_requestAndEnd_isAnswered() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      String sock = "UNIX-CONNECT:" + served.directory().resolve("sock");
      JsonObject slot = ask(sock, "{\"action\":\"allocateSlot\"}\n");
      JsonObject answer =
          ask(
              sock,
              "{\"action\":\"commit\",\"slotId\":\""
                  + PlainPeer.text(slot, "slotId")
                  + "\",\"bytesB64\":\"AAAA\"}");
      assertThat(Proof.of(answer.get("proof").orElseThrow()).commit().counter()).isPresent();
      assertThat(PlainPeer.text(ask(sock, "garbage"), "code")).isEqualTo("malformed");
    }
  }

  /** What stands between a parent and vsock in the reference's set-up. */
  @Test
  void tcpBridge_toTheUnixSocket_carriesOneShotAndKeptConnections() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      int port = freePort();
      Process bridge =
          new ProcessBuilder(
                  "socat",
                  "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork",
                  "UNIX-CONNECT:" + served.directory().resolve("sock"))
              .redirectErrorStream(true)
              .start();
      try {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        awaitListening(bridge, address);
        assertThat(PlainPeer.ask(address, "{\"action\":\"key\"}").has("epochId")).isTrue();
        try (EnclaveClient client =
            EnclaveClient.open(EnclaveAddress.parse("tcp:127.0.0.1:" + port))) {
          assertThat(client.allocateSlot().allocation().counter().bits()).isEqualTo(1);
          assertThat(client.allocateSlot().allocation().counter().bits()).isEqualTo(2);
        }
      } finally {
        bridge.destroy();
        assertThat(bridge.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static JsonObject ask(String target, String request) throws Exception {
    Process socat = new ProcessBuilder("socat", "-t", "20", "-", target).start();
    try (OutputStream in = socat.getOutputStream()) {
      in.write(request.getBytes(UTF_8));
    }
    String answer = new String(socat.getInputStream().readAllBytes(), UTF_8);
    String errors = new String(socat.getErrorStream().readAllBytes(), UTF_8);
    assertThat(socat.waitFor()).as(errors).isZero();
    return PlainPeer.object(answer);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void awaitListening(Process bridge, InetSocketAddress address)
      throws InterruptedException {
    while (bridge.isAlive()) {
      try (PlainPeer peer = PlainPeer.connect(address)) {
        assertThat(peer.channel().isConnected()).isTrue();
        return;
      } catch (IOException e) {
        Thread.sleep(5); // a state to wait for, not a time
      }
    }
    throw new AssertionError("socat ended early");
  }
}
