package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The connectors of the addresses that {@link EnclaveAddress} names. */
@CheckReturnValue
final class Connectors {
  private Connectors() {}

  /**
   * How to get to an address.
   *
   * @throws IllegalArgumentException if no transport serves it
   */
  static Connector of(EnclaveAddress address, Watchdog watchdog) {
    switch (address.scheme()) {
      case EnclaveAddress.UNIX -> {
        UnixDomainSocketAddress target = UnixDomainSocketAddress.of(address.location());
        return timeout -> connect(target, timeout, watchdog);
      }
      case EnclaveAddress.TCP -> {
        EnclaveAddress.HostAndPort target = EnclaveAddress.HostAndPort.parse(address.location());
        return timeout -> tcp(target, timeout, watchdog);
      }
      default -> {
        TransportProvider provider = TransportProvider.of(address.scheme());
        return timeout -> provider.connect(address.location(), timeout);
      }
    }
  }

  /**
   * Checks what {@link #of} would.
   *
   * @throws IllegalArgumentException if no transport serves the address
   */
  static void requireServed(EnclaveAddress address) {
    if (!address.scheme().equals(EnclaveAddress.UNIX)
        && !address.scheme().equals(EnclaveAddress.TCP)) {
      TransportProvider unused = TransportProvider.of(address.scheme());
    }
  }

  private static SocketChannel tcp(
      EnclaveAddress.HostAndPort target, Duration timeout, Watchdog watchdog) throws IOException {
    var remote = target.resolve(); // each time: the name may have moved
    if (remote.isUnresolved()) {
      throw new UnknownHostException(target.host());
    }
    SocketChannel channel = connect(remote, timeout, watchdog);
    try {
      // Requests and answers are one write each; waiting to fill a packet would only delay them.
      return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      Channels.closeAfter(e, channel);
      throw e;
    }
  }

  /** A Unix socket's connect waits too, when the server's queue is full. */
  private static SocketChannel connect(SocketAddress target, Duration timeout, Watchdog watchdog)
      throws IOException {
    SocketChannel channel =
        target instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    Watchdog.Guard guard = watchdog.after(timeout, () -> expire(channel));
    try (guard) {
      boolean unused = channel.connect(target);
      return channel;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (AsynchronousCloseException e) {
      SocketTimeoutException timedOut = new SocketTimeoutException("connecting took too long");
      timedOut.initCause(e);
      throw timedOut;
    } catch (IOException | RuntimeException e) {
      Channels.closeAfter(e, channel);
      throw e;
    }
  }

  private static void expire(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // to the watchdog, which reports it
    }
  }
}
