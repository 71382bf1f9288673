package dev.occ.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code healthcheck.sh} against servers that answer well, badly and not at all. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a bash script")
class HealthcheckIT {
  @TempDir private Path folder;

  @Test
  void check_healthyParent_succeeds() throws Exception {
    assertThat(check("200 OK").exitCode()).isZero();
  }

  @Test
  void check_unhealthyParent_failsWithItsStatus() throws Exception {
    Ended ended = check("503 Service Unavailable");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("unhealthy: HTTP/1.1 503");
  }

  @Test
  void check_noParent_fails() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Ended ended = script(port);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("the parent on port " + port + " is not healthy");
  }

  /** One answer on a socket of its own. */
  private Ended check(String status) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answer =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  // All of the request: closing with some of it unread would reset the connection.
                  BufferedReader request =
                      new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
                  assertThat(request.readLine()).isEqualTo("GET /health HTTP/1.0");
                  assertThat(request.readLine()).isEqualTo("Host: localhost");
                  assertThat(request.readLine()).isEmpty();
                  String head = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n{}";
                  client.getOutputStream().write(head.getBytes(US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      answer.start();
      Ended ended = script(server.getLocalPort());
      answer.join();
      return ended;
    }
  }

  private Ended script(int port) throws IOException, InterruptedException {
    return Ended.of(
        folder, Map.of(), DeployFiles.FOLDER.resolve("healthcheck.sh"), String.valueOf(port));
  }
}
