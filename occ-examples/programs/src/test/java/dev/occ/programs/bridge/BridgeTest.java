package dev.occ.programs.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.enclave.Connector;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BridgeTest {
  private static final int MIB = 1024 * 1024;
  private static final int SOCKET_TIMEOUT_MILLIS = 20_000;

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<Bridge, Integer> ports = new ConcurrentHashMap<>();
  private Path folder = Path.of("/");

  /** Directly under /tmp, because the path of a Unix socket has at most 107 bytes. */
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "occ-bridge");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    pool.shutdownNow();
    Files.deleteIfExists(folder.resolve("far.sock"));
    Files.deleteIfExists(folder.resolve("near.sock"));
    Files.delete(folder);
  }

  @Test
  void bridge_aMebibyteBothWaysAtOnce_arrivesUnchanged() throws Exception {
    ServerSocket target = target();
    Socket client = client(bridge(target, limits(10, 20_000)));
    Socket server = accepted(target);
    byte[] up = random(1);
    byte[] down = random(2);
    Future<?> sendingUp = pool.submit(() -> sendAndEnd(client, up));
    Future<?> sendingDown = pool.submit(() -> sendAndEnd(server, down));
    Future<byte[]> gotUp = pool.submit(() -> server.getInputStream().readAllBytes());
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(down);
    assertThat(gotUp.get()).isEqualTo(up);
    assertThat(sendingUp.get()).isNull();
    assertThat(sendingDown.get()).isNull();
  }

  @Test
  void bridge_clientEndsItsSideFirst_stillGetsTheAnswer() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 20_000));
    Socket client = client(bridge);
    Socket server = accepted(target);
    sendAndEnd(client, bytes("question"));
    assertThat(server.getInputStream().readAllBytes()).isEqualTo(bytes("question"));
    sendAndEnd(server, bytes("answer"));
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes("answer"));
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_targetEndsItsSideFirst_stillGetsTheRest() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 20_000));
    Socket client = client(bridge);
    Socket server = accepted(target);
    sendAndEnd(server, bytes("greeting"));
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes("greeting"));
    sendAndEnd(client, bytes("rest"));
    assertThat(server.getInputStream().readAllBytes()).isEqualTo(bytes("rest"));
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_fiftyConnectionsAtOnce_keepsThemApart() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(50, 20_000));
    Future<?> echo = pool.submit(() -> echo(target, 50));
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(client(bridge));
    }
    for (int i = 0; i < 50; i++) {
      clients.get(i).getOutputStream().write(bytes("number " + i));
    }
    awaitConnections(bridge, 50);
    for (int i = 0; i < 50; i++) {
      clients.get(i).shutdownOutput();
      assertThat(clients.get(i).getInputStream().readAllBytes()).isEqualTo(bytes("number " + i));
    }
    assertThat(echo.get()).isNull();
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_moreConnectionsThanAllowed_closesTheNewOneOnly() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(1, 20_000));
    Socket first = client(bridge);
    Socket server = accepted(target);
    awaitConnections(bridge, 1);
    assertThat(isBroken(client(bridge))).isTrue();
    sendAndEnd(first, bytes("still here"));
    assertThat(server.getInputStream().readAllBytes()).isEqualTo(bytes("still here"));
  }

  @Test
  void bridge_targetDown_breaksTheConnectionAndGoesOn() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 20_000));
    int port = target.getLocalPort();
    target.close();
    Socket client = client(bridge);
    assertThat(isBroken(client)).isTrue();
    awaitConnections(bridge, 0);
    ServerSocket again = new ServerSocket();
    open.add(again);
    again.setReuseAddress(true);
    again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    sendAndEnd(client(bridge), bytes("back"));
    assertThat(accepted(again).getInputStream().readAllBytes()).isEqualTo(bytes("back"));
  }

  @Test
  void bridge_idleConnection_isBrokenOffOnBothSides() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 200));
    Socket client = client(bridge);
    Socket server = accepted(target);
    assertThat(isBroken(client)).isTrue();
    assertThat(isBroken(server)).isTrue();
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_peerBreaksOff_isNoCleanEndForTheOther() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 20_000));
    Socket client = client(bridge);
    Socket server = accepted(target);
    server.getOutputStream().write(bytes("half of it"));
    assertThat(client.getInputStream().readNBytes(10)).isEqualTo(bytes("half of it"));
    server.setSoLinger(true, 0); // a reset, as from a killed machine
    server.close();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_readerThatDoesNotRead_stopsTheSender() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 500));
    Socket client = client(bridge);
    Socket server = accepted(target);
    Future<?> sending =
        pool.submit(
            () -> {
              for (int i = 0; i < 256; i++) {
                client.getOutputStream().write(new byte[MIB]);
              }
              return null;
            });
    // Nothing moves once the buffers on the way are full, so the idle timeout breaks it off.
    assertThatThrownBy(sending::get).hasCauseInstanceOf(IOException.class);
    assertThat(server.isConnected()).isTrue();
    awaitConnections(bridge, 0);
  }

  @Test
  void bridge_unixTarget_isServedTheSame() throws Exception {
    EnclaveAddress near = EnclaveAddress.parse("unix:" + folder.resolve("near.sock"));
    ServerSocket target = target();
    Connector tcp = Connector.to(EnclaveAddress.parse("tcp:127.0.0.1:" + target.getLocalPort()));
    open.add(Bridge.start(EnclaveListener.open(near), tcp, limits(10, 20_000)));
    Bridge front = bridge(near.toString(), limits(10, 20_000));
    Socket client = client(front);
    Socket server = accepted(target);
    byte[] data = random(3);
    Future<?> sending = pool.submit(() -> sendAndEnd(client, data));
    assertThat(server.getInputStream().readAllBytes()).isEqualTo(data);
    sendAndEnd(server, bytes("seen"));
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes("seen"));
    assertThat(sending.get()).isNull();
  }

  @Test
  void close_withOpenConnections_letsThemEndFirst() throws Exception {
    ServerSocket target = target();
    Bridge bridge = bridge(target, limits(10, 20_000));
    Socket client = client(bridge);
    Socket server = accepted(target);
    awaitConnections(bridge, 1);
    Future<?> closing = pool.submit(bridge::close);
    awaitRefused(bridge);
    sendAndEnd(client, bytes("last words"));
    assertThat(server.getInputStream().readAllBytes()).isEqualTo(bytes("last words"));
    sendAndEnd(server, bytes("heard"));
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes("heard"));
    assertThat(closing.get(10, TimeUnit.SECONDS)).isNull();
    assertThat(bridge.awaitStopped(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void close_withAConnectionThatStays_breaksItOffAfterItsTime() throws Exception {
    ServerSocket target = target();
    BridgeLimits brief =
        new BridgeLimits(10, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(50));
    Bridge bridge = bridge(target, brief);
    Socket client = client(bridge);
    assertThat(accepted(target).isConnected()).isTrue();
    awaitConnections(bridge, 1);
    bridge.close();
    assertThat(isBroken(client)).isTrue();
    assertThat(bridge.awaitStopped(Duration.ofSeconds(5))).isTrue();
    bridge.close();
  }

  @Test
  void limits_outOfRange_areRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new BridgeLimits(0, second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BridgeLimits(10_001, second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BridgeLimits(1, Duration.ZERO, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BridgeLimits(1, second, Duration.ofDays(2), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BridgeLimits(1, second, second, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bridge_socatAtBothEnds_carriesAMebibyteAndTheHalfClose() throws Exception {
    assumeTrue(isInstalled("socat"), "socat is not installed");
    Path data = Files.write(folder.resolve("data"), random(4));
    Path echoed = folder.resolve("echoed");
    Path socket = folder.resolve("far.sock");
    Process far =
        new ProcessBuilder("socat", "UNIX-LISTEN:" + socket + ",fork", "EXEC:cat").start();
    open.add(far::destroyForcibly);
    awaitTrue(() -> Files.exists(socket));
    Bridge bridge = bridge("unix:" + socket, limits(10, 20_000));
    Process near =
        new ProcessBuilder("socat", "-t", "20", "-", "TCP:127.0.0.1:" + port(bridge))
            .redirectInput(data.toFile())
            .redirectOutput(echoed.toFile())
            .start();
    open.add(near::destroyForcibly);
    assertThat(near.waitFor(30, TimeUnit.SECONDS)).isTrue();
    byte[] came = Files.readAllBytes(echoed);
    Files.delete(echoed);
    Files.delete(data);
    assertThat(came).isEqualTo(random(4));
  }

  private static BridgeLimits limits(int connections, int idleMillis) {
    return new BridgeLimits(
        connections, Duration.ofSeconds(5), Duration.ofMillis(idleMillis), Duration.ofSeconds(5));
  }

  private Bridge bridge(ServerSocket target, BridgeLimits limits) throws IOException {
    return bridge("tcp:127.0.0.1:" + target.getLocalPort(), limits);
  }

  private Bridge bridge(String target, BridgeLimits limits) throws IOException {
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    int port = listener.channel().socket().getLocalPort();
    Bridge bridge = Bridge.start(listener, Connector.to(EnclaveAddress.parse(target)), limits);
    open.add(bridge);
    ports.put(bridge, port);
    return bridge;
  }

  private int port(Bridge bridge) {
    return Objects.requireNonNull(ports.get(bridge));
  }

  private ServerSocket target() throws IOException {
    ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    open.add(socket);
    return socket;
  }

  private Socket client(Bridge bridge) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(bridge));
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    open.add(socket);
    return socket;
  }

  private Socket accepted(ServerSocket target) throws IOException {
    Socket socket = target.accept();
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    open.add(socket);
    return socket;
  }

  private @Nullable Void echo(ServerSocket target, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      Socket socket = accepted(target);
      Future<?> unused =
          pool.submit(
              () -> {
                long copied = socket.getInputStream().transferTo(socket.getOutputStream());
                socket.shutdownOutput();
                return copied;
              });
    }
    return null;
  }

  private static @Nullable Void sendAndEnd(Socket socket, byte[] data) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(data);
    socket.shutdownOutput();
    return null;
  }

  /** Whether reading fails or ends, in time. */
  private static boolean isBroken(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      if (in.read() < 0) {
        throw new EOFException();
      }
      return false;
    } catch (SocketException | EOFException e) {
      return true;
    }
  }

  private void awaitRefused(Bridge bridge) throws Exception {
    awaitTrue(
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(bridge))) {
            return !socket.isConnected();
          } catch (IOException e) {
            return true;
          }
        });
  }

  private static void awaitConnections(Bridge bridge, int number) throws Exception {
    awaitTrue(() -> bridge.connections() == number);
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void awaitTrue(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static boolean isInstalled(String tool) {
    for (String path : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, tool))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] random(long seed) {
    byte[] data = new byte[MIB];
    new Random(seed).nextBytes(data);
    return data;
  }
}
