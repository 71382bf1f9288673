package dev.occ.soak;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An enclave on a Unix socket, a bridge to it on a TCP port, and the parent behind that. */
final class Programs {
  /** One for each good client, and the last ones for hostile ones. */
  static final List<String> KEYS =
      IntStream.range(0, 8).mapToObj(i -> "soak-key-of-caller-" + i).toList();

  private static final Pattern SERVING = Pattern.compile("serving on ");
  private static final Pattern BRIDGING = Pattern.compile("from .* to ");
  private static final Pattern PORTS =
      Pattern.compile("serving on \\S*:(\\d+), metrics on \\S*:(\\d+)\\R"); // within one whole line

  /** With all of its heap resident from the start, what the process grows by is not heap. */
  private static final Map<String, String> PARENT_OPTIONS =
      Map.of(
          "API_KEYS",
          String.join(",", KEYS),
          "OCC_JAVA_OPTS",
          "-Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:+ExitOnOutOfMemoryError");

  private static final Map<String, String> SMALL_OPTIONS =
      Map.of("OCC_JAVA_OPTS", "-Xms128m -XX:+AlwaysPreTouch -XX:+ExitOnOutOfMemoryError");

  /** The heap and the collector of the enclave's image. */
  private static final Map<String, String> ENCLAVE_OPTIONS =
      Map.of(
          "OCC_JAVA_OPTS",
          "-XX:+UseSerialGC -Xms96m -Xmx96m -XX:+AlwaysPreTouch -XX:+ExitOnOutOfMemoryError");

  private final SoakOptions options;
  private final Path folder;
  private final List<EnclaveIdentity> identities = new ArrayList<>();
  private final int bridgePort;
  private final Child bridge;
  private final Child parent;
  private final int apiPort;
  private final int managementPort;
  private Child enclave;

  Programs(SoakOptions options) throws IOException, InterruptedException, EnclaveException {
    this.options = options;
    folder = Files.createTempDirectory(Path.of("/tmp"), "occ-soak");
    enclave = startEnclave();
    bridgePort = freePort();
    bridge =
        Child.start(
            options,
            "bridge",
            SMALL_OPTIONS,
            "bridge",
            "--listen",
            "tcp:127.0.0.1:" + bridgePort,
            "--to",
            "unix:" + socket());
    Matcher unused = bridge.await(BRIDGING);
    parent =
        Child.start(
            options,
            "parent",
            PARENT_OPTIONS,
            "parent",
            "--port",
            "0",
            "--management-port",
            "0",
            "--bridge-port",
            Integer.toString(bridgePort));
    Matcher ports = parent.await(PORTS);
    apiPort = Integer.parseInt(ports.group(1));
    managementPort = Integer.parseInt(ports.group(2));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Child startEnclave() throws IOException, InterruptedException, EnclaveException {
    Child started =
        Child.start(
            options,
            "enclave-" + identities.size(),
            ENCLAVE_OPTIONS,
            "enclave",
            "--signer",
            "soft",
            "--listen",
            "unix:" + socket());
    Matcher unused = started.await(SERVING);
    try (EnclaveClient client = EnclaveClient.open(enclaveAddress())) {
      identities.add(client.key());
    }
    return started;
  }

  void killEnclave() throws IOException, InterruptedException {
    enclave.kill();
  }

  void restartEnclave() throws IOException, InterruptedException, EnclaveException {
    enclave = startEnclave();
  }

  /** Which of them run, how the others ended, and where the parent listens; for people. */
  String states() throws IOException {
    String runs =
        Stream.of(parent, bridge, enclave)
            .map(child -> child.name() + " " + child.state())
            .collect(Collectors.joining(", "));
    return runs
        + "; the parent listens at "
        + (parent.isAlive() ? ProcessDescriptors.listening(parent.pid()) : "nothing");
  }

  /** Ends all of them in order; gives what was wrong with that. */
  List<String> stop() throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (Child child : List.of(parent, bridge, enclave)) {
      if (!child.isAlive()) {
        wrong.add(child.name() + " had ended by itself");
      } else if (child.stop() != 128 + 15) {
        wrong.add(child.name() + " did not end in order");
      }
    }
    boolean unused = Files.deleteIfExists(socket());
    Files.delete(folder);
    return wrong;
  }

  Child parent() {
    return parent;
  }

  Child bridge() {
    return bridge;
  }

  Child enclave() {
    return enclave;
  }

  /** Who the enclaves were, asked each of them at its own socket. */
  List<EnclaveIdentity> identities() {
    return List.copyOf(identities);
  }

  Path socket() {
    return folder.resolve("e");
  }

  EnclaveAddress enclaveAddress() {
    return EnclaveAddress.parse("unix:" + socket());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  InetSocketAddress api() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), apiPort);
  }

  InetSocketAddress management() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort);
  }

  InetSocketAddress bridgeAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), bridgePort);
  }
}
