package dev.occ.enclave;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A transport as another module would bring it: {@code test:PORT}, for clients on this machine. */
public final class RenamedTcp implements TransportProvider {
  /** For the service loader. */
  public RenamedTcp() {}

  @Override
  public String scheme() {
    return "test";
  }

  @Override
  public ServerSocketChannel listen(String location, int backlog) throws IOException {
    return ServerSocketChannel.open().bind(address(location), backlog);
  }

  @Override
  public SocketChannel connect(String location, Duration timeout) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.socket().connect(address(location), (int) timeout.toMillis());
    return channel;
  }

  private static SocketAddress address(String location) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(location));
  }

  @Override
  public PeerFilter defaultPeerFilter() {
    return PeerFilter.loopback();
  }
}
