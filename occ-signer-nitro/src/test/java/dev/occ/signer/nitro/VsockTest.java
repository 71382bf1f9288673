package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.newsclub.net.unix.AddressAlreadyInUseSocketException;
import org.newsclub.net.unix.AddressUnavailableSocketException;
import org.newsclub.net.unix.ConnectionRefusedSocketException;
import org.newsclub.net.unix.ConnectionResetSocketException;
import org.newsclub.net.unix.NetworkUnreachableSocketException;
import org.newsclub.net.unix.NoSuchDeviceSocketException;
import org.newsclub.net.unix.OperationNotSupportedSocketException;

/**
 * What can be said of vsock without a peer; the rest is in {@link VsockLabTest}, and a system
 * without vsock in {@link OwnProcessTest}.
 */
class VsockTest {
  private static final VsockAddress SOMEWHERE = new VsockAddress(VsockAddress.CID_LOCAL, 5000);

  /** Listening needs no peer, so any machine with vsock can do it. */
  @Test
  void listen_vsockHere_bindsAPort() throws IOException {
    assumeTrue(Vsock.isSupported(), "skipped: this system has no vsock");
    try (ServerSocketChannel channel =
        Vsock.listen(VsockAddress.anyCid(VsockAddress.PORT_ANY), 1)) {
      assertThat(Vsock.local(channel).cid()).isEqualTo(VsockAddress.CID_ANY);
      assertThat(Vsock.local(channel).port()).isBetween(1L, VsockAddress.PORT_ANY - 1);
    }
  }

  @Test
  void arguments_outOfRange_areRefused() {
    assertThatThrownBy(() -> Vsock.listen(SOMEWHERE, 0).close())
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration timeout :
        new Duration[] {Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(25)}) {
      assertThatThrownBy(() -> Vsock.connect(SOMEWHERE, timeout).close())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void peerAndLocal_otherChannels_areRefused() throws IOException {
    try (ServerSocketChannel tcp = ServerSocketChannel.open();
        SocketChannel unconnected = SocketChannel.open()) {
      tcp.bind(null);
      assertThatThrownBy(() -> Vsock.local(tcp)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Vsock.peer(unconnected)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void reason_everyException_hasItsOwn() {
    assertReason(VsockException.Reason.ADDRESS_IN_USE, new AddressAlreadyInUseSocketException());
    assertReason(
        VsockException.Reason.ADDRESS_UNAVAILABLE, new AddressUnavailableSocketException());
    assertReason(VsockException.Reason.REFUSED, new ConnectionRefusedSocketException());
    assertReason(VsockException.Reason.REFUSED, new ConnectionResetSocketException());
    assertReason(VsockException.Reason.TIMEOUT, new SocketTimeoutException());
    assertReason(VsockException.Reason.NO_PEER, new NoSuchDeviceSocketException());
    assertReason(VsockException.Reason.NO_PEER, new NetworkUnreachableSocketException());
    assertReason(VsockException.Reason.NO_PEER, new NoRouteToHostException());
    assertReason(VsockException.Reason.UNSUPPORTED, new OperationNotSupportedSocketException());
    assertReason(VsockException.Reason.FAILED, new SocketException("whatever"));
  }

  private static void assertReason(VsockException.Reason reason, IOException e) {
    assertThat(VsockFailures.reason(e)).isEqualTo(reason);
  }

  @Test
  void open_preparationFails_closesTheChannel() {
    AtomicInteger closed = new AtomicInteger();
    Closeable channel = closed::incrementAndGet;
    assertThatThrownBy(
            () ->
                VsockFailures.open(
                        "opening",
                        () -> channel,
                        c -> {
                          throw new SocketTimeoutException();
                        })
                    .close())
        .isInstanceOf(VsockException.class);
    assertThat(closed).hasValue(1);
  }

  @Test
  void open_closingFailsToo_keepsBothFailures() {
    Closeable channel =
        () -> {
          throw new IOException("close");
        };
    assertThatThrownBy(
            () ->
                VsockFailures.open(
                        "opening",
                        () -> channel,
                        c -> {
                          throw new IOException("prepare");
                        })
                    .close())
        .isInstanceOf(VsockException.class)
        .cause()
        .hasMessage("prepare")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }
}
