package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * Decides which peers a listener serves. It is asked once for each accepted connection, before a
 * byte is read; a refused peer is closed at once. Safe for use by many threads at once.
 */
@FunctionalInterface
@CheckReturnValue
public interface PeerFilter {
  /**
   * Whether to serve a peer.
   *
   * @param channel the accepted connection: its remote address and options say who the peer is; the
   *     filter neither reads, writes nor closes
   * @return false to close the connection
   * @throws IOException if the peer cannot be told; it is refused then
   */
  boolean accepts(SocketChannel channel) throws IOException;

  /**
   * Serves every peer that can connect: for Unix sockets, whose file's mode decides, and for tests.
   *
   * @return a filter that refuses nobody
   */
  static PeerFilter everyone() {
    return channel -> true;
  }

  /**
   * Serves TCP peers on this machine only.
   *
   * @return a filter for the loopback addresses of IPv4 and IPv6
   */
  static PeerFilter loopback() {
    return channel ->
        channel.getRemoteAddress() instanceof InetSocketAddress peer
            && peer.getAddress() != null
            && peer.getAddress().isLoopbackAddress();
  }
}
