package dev.occ.bench;

import dev.occ.enclave.Connector;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.signer.nitro.Vsock;
import dev.occ.signer.nitro.VsockAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the sockets between an enclave's server and its client are. */
public enum LinkTransport {
  /** A Unix socket. */
  UNIX("Unix"),
  /** TCP on 127.0.0.1. */
  TCP("TCP loopback"),
  /** vsock on CID 1, which few machines have: the guest of the NSM lab does. */
  VSOCK("vsock loopback");

  private static final int BACKLOG = 128;
  private static final VsockAddress ANY =
      new VsockAddress(VsockAddress.CID_ANY, VsockAddress.PORT_ANY);

  private final String title;

  LinkTransport(String title) {
    this.title = title;
  }

  /** What a table calls it. */
  String title() {
    return title;
  }

  /** Those that this machine has. */
  static List<LinkTransport> available() {
    return Arrays.stream(values()).filter(t -> t != VSOCK || hasVsockLoopback()).toList();
  }

  private static boolean hasVsockLoopback() {
    try (ServerSocketChannel listening = Vsock.listen(ANY, BACKLOG);
        SocketChannel connected = Vsock.connect(loopback(listening), Duration.ofSeconds(1))) {
      return connected.isConnected();
    } catch (IOException e) {
      return false; // no vsock here, or none to oneself
    }
  }

  private static VsockAddress loopback(ServerSocketChannel listening) throws IOException {
    return new VsockAddress(VsockAddress.CID_LOCAL, Vsock.local(listening).port());
  }

  /**
   * Listens.
   *
   * @param folder where a Unix socket's file may be made
   */
  EnclaveListener listen(Path folder) throws IOException {
    return switch (this) {
      case UNIX -> EnclaveListener.open(EnclaveAddress.parse("unix:" + file(folder)));
      case TCP -> EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
      case VSOCK -> EnclaveListener.of(Vsock.listen(ANY, BACKLOG));
    };
  }

  /** Connects to what {@link #listen} gave. */
  Connector connector(EnclaveListener listener, Path folder) throws IOException {
    if (this == VSOCK) {
      VsockAddress address = loopback(listener.channel());
      return timeout -> Vsock.connect(address, timeout);
    }
    SocketAddress address =
        this == UNIX
            ? UnixDomainSocketAddress.of(file(folder))
            : listener.channel().getLocalAddress();
    return timeout -> SocketChannel.open(address);
  }

  private static Path file(Path folder) {
    return folder.resolve("link.sock");
  }
}
