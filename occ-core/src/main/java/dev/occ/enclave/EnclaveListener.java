package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A bound socket for an {@link EnclaveServer} to accept connections from, and the filter of its
 * peers. Immutable; the channel's state aside.
 */
@CheckReturnValue
public final class EnclaveListener implements Closeable {
  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;
  private final PeerFilter filter;
  private final Optional<UnixSocketFile> file;

  private EnclaveListener(
      ServerSocketChannel channel, PeerFilter filter, Optional<UnixSocketFile> file) {
    this.channel = Objects.requireNonNull(channel, "channel");
    this.filter = Objects.requireNonNull(filter, "filter");
    this.file = file;
  }

  /**
   * A listener on a channel of any kind, serving everyone.
   *
   * @param bound a blocking channel, bound already; the listener owns it from now on
   * @return the listener
   * @throws IllegalArgumentException if the channel does not block
   */
  public static EnclaveListener of(ServerSocketChannel bound) {
    if (!bound.isBlocking()) {
      throw new IllegalArgumentException("the channel must block");
    }
    return new EnclaveListener(bound, PeerFilter.everyone(), Optional.empty());
  }

  /**
   * Binds and listens.
   *
   * <p>{@code unix}: the socket's file gets mode 0600 before it is reachable under its name, and is
   * removed on close. A file that is there already is removed if it is a socket on which nothing
   * listens; everything else is left alone and is an error. Two servers must not be started on one
   * path at the same instant. The directory must exist and be the caller's to write to.
   *
   * <p>{@code tcp}: whoever reaches the port is served, so bind to a loopback address. Port 0 lets
   * the system choose.
   *
   * @param address where to listen
   * @return the listener, with the filter that the address's transport has by default
   * @throws IOException if that is not possible
   * @throws IllegalArgumentException if no transport serves the address
   */
  public static EnclaveListener open(EnclaveAddress address) throws IOException {
    return switch (address.scheme()) {
      case EnclaveAddress.UNIX -> unix(Path.of(address.location()));
      case EnclaveAddress.TCP -> tcp(EnclaveAddress.HostAndPort.parse(address.location()));
      default -> provided(TransportProvider.of(address.scheme()), address.location());
    };
  }

  private static EnclaveListener provided(TransportProvider provider, String location)
      throws IOException {
    return of(provider.listen(location, BACKLOG)).withPeerFilter(provider.defaultPeerFilter());
  }

  private static EnclaveListener unix(Path path) throws IOException {
    UnixSocketFile.Bound bound = UnixSocketFile.bind(path, BACKLOG);
    return new EnclaveListener(bound.channel(), PeerFilter.everyone(), Optional.of(bound.file()));
  }

  private static EnclaveListener tcp(EnclaveAddress.HostAndPort where) throws IOException {
    var local = where.resolve();
    if (local.isUnresolved()) {
      throw new UnknownHostException(where.host());
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return of(channel.bind(local, BACKLOG));
    } catch (IOException | RuntimeException e) {
      Channels.closeAfter(e, channel);
      throw e;
    }
  }

  /**
   * The same listener with another filter.
   *
   * @param filter which peers to serve
   * @return a listener on the same channel
   */
  public EnclaveListener withPeerFilter(PeerFilter filter) {
    return new EnclaveListener(channel, filter, file);
  }

  /**
   * The channel.
   *
   * @return what connections are accepted from
   */
  public ServerSocketChannel channel() {
    return channel;
  }

  /**
   * Which peers are served.
   *
   * @return the filter
   */
  public PeerFilter peerFilter() {
    return filter;
  }

  /**
   * Stops listening. Removes a Unix socket's file first if {@link #open} made it and it is still
   * the same one. Calls after the first do nothing.
   *
   * @throws IOException if the system refused; the channel is closed in any case
   */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (channel.isOpen() && file.isPresent()) {
        file.get().remove(); // before the close, after which it could be a successor's
      }
    }
  }

  /** Where the listener listens, for logs. */
  @Override
  public String toString() {
    if (file.isPresent()) {
      return EnclaveAddress.UNIX + ":" + file.get().path();
    }
    try {
      return String.valueOf(channel.getLocalAddress());
    } catch (IOException e) {
      return "a closed listener";
    }
  }
}
