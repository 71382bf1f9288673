package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Objects;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketCapability;
import org.newsclub.net.unix.AFVSOCKSocketAddress;

/**
 * Vsock streams, the only way between a Nitro enclave and its parent, as ordinary {@code java.nio}
 * channels (vsock(7)).
 *
 * <p>The channels can block or be used with a selector, which must come from {@code
 * channel.provider().openSelector()}. Two ways to limit how long a read waits: such a selector, or
 * the socket view, {@code channel.socket()}, where a timeout set with {@code setSoTimeout} ends
 * reads of the streams with {@link java.net.SocketTimeoutException}. Never read from the channel
 * itself once that timeout is set: junixsocket 2.11 then reports its end as an end of the stream.
 *
 * <p>Closing a listening channel ends an accept in another thread, within a tenth of a second, with
 * {@link java.nio.channels.AsynchronousCloseException}. Closing a connected one ends a read in
 * another thread with a {@link java.nio.channels.ClosedChannelException} or as an end of stream.
 */
@CheckReturnValue
public final class Vsock {
  private Vsock() {}

  /**
   * Whether this system has vsock sockets.
   *
   * @return false if {@link #listen} and {@link #connect} would fail with {@link
   *     VsockException.Reason#UNSUPPORTED} or {@link VsockException.Reason#NATIVE_UNAVAILABLE}
   */
  public static boolean isSupported() {
    try {
      SelectorProvider unused = supportedProvider();
      return true;
    } catch (VsockException e) {
      return false;
    }
  }

  /**
   * Listens for connections.
   *
   * @param address where: {@link VsockAddress#anyCid} for every peer
   * @param backlog how many connections may wait to be accepted, at least 1
   * @return a blocking channel, bound and listening, which the caller must close
   * @throws VsockException with the reason why not
   * @throws IllegalArgumentException if the backlog is not positive
   */
  public static ServerSocketChannel listen(VsockAddress address, int backlog)
      throws VsockException {
    Objects.requireNonNull(address, "address");
    if (backlog < 1) {
      throw new IllegalArgumentException("the backlog must be positive, not " + backlog);
    }
    SelectorProvider provider = supportedProvider();
    String operation = "listening on " + address;
    return VsockFailures.open(
        operation,
        provider::openServerSocketChannel,
        channel -> channel.bind(toNative(address), backlog));
  }

  /**
   * Connects to a peer.
   *
   * @param address the peer
   * @param timeout how long to wait for it, at least 1 ms; the kernel's own limit (2 s unless
   *     changed) may end the attempt earlier
   * @return a blocking channel, connected, which the caller must close
   * @throws VsockException with {@link VsockException.Reason#TIMEOUT}, or another reason why not
   * @throws IllegalArgumentException if the timeout is below 1 ms or above 2^31-1 ms
   */
  public static SocketChannel connect(VsockAddress address, Duration timeout)
      throws VsockException {
    Objects.requireNonNull(address, "address");
    int millis = toMillis(timeout);
    SelectorProvider provider = supportedProvider();
    return VsockFailures.open(
        "connecting to " + address,
        provider::openSocketChannel,
        channel -> channel.socket().connect(toNative(address), millis));
  }

  private static int toMillis(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0
        || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("timeout " + timeout + " is not 1 to 2^31-1 ms");
    }
    return (int) timeout.toMillis();
  }

  /**
   * The peer of a connected channel: the kernel vouches for the CID, so it can be filtered by.
   *
   * @param channel a channel of {@link #connect}, or one that {@link #listen}'s channel accepted
   * @return the peer's CID and port
   * @throws IOException if the channel is closed or not connected
   * @throws IllegalArgumentException if it is not a vsock channel
   */
  public static VsockAddress peer(SocketChannel channel) throws IOException {
    return fromNative(channel.getRemoteAddress());
  }

  /**
   * The address that a channel is bound to, with the port that the system picked if it did.
   *
   * @param channel a vsock channel
   * @return its own CID and port
   * @throws IOException if the channel is closed or not bound
   * @throws IllegalArgumentException if it is not a vsock channel
   */
  public static VsockAddress local(NetworkChannel channel) throws IOException {
    return fromNative(channel.getLocalAddress());
  }

  private static SelectorProvider supportedProvider() throws VsockException {
    try {
      if (!AFSocket.isSupported()) {
        throw new VsockException(
            VsockException.Reason.NATIVE_UNAVAILABLE,
            "junixsocket cannot load its native library (it unpacks it into java.io.tmpdir)",
            null);
      }
      if (!AFSocket.supports(AFSocketCapability.CAPABILITY_VSOCK)) {
        throw new VsockException(
            VsockException.Reason.UNSUPPORTED, "this system has no vsock sockets", null);
      }
      return VsockFamily.provider();
    } catch (LinkageError e) {
      throw new VsockException(
          VsockException.Reason.NATIVE_UNAVAILABLE, "junixsocket cannot be loaded", e);
    }
  }

  private static AFVSOCKSocketAddress toNative(VsockAddress address) throws IOException {
    return AFVSOCKSocketAddress.ofPortAndCID((int) address.port(), (int) address.cid());
  }

  private static VsockAddress fromNative(SocketAddress address) throws IOException {
    if (address == null) {
      throw new IOException("the channel is not connected or bound");
    }
    if (!(address instanceof AFVSOCKSocketAddress vsock)) {
      throw new IllegalArgumentException("not a vsock channel");
    }
    return new VsockAddress(
        Integer.toUnsignedLong(vsock.getVSOCKCID()), Integer.toUnsignedLong(vsock.getVSOCKPort()));
  }
}
