package dev.occ.signer.nitro;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vsock streams over the loopback of CID 1, which the lab's guest has and most machines lack. */
@RequiresNsm
@Timeout(120)
class VsockLabTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private ServerSocketChannel listener;
  private VsockAddress address;

  @BeforeEach
  void listen() throws IOException {
    listener = Vsock.listen(VsockAddress.anyCid(VsockAddress.PORT_ANY), 8);
    address = new VsockAddress(VsockAddress.CID_LOCAL, Vsock.local(listener).port());
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    pool.shutdownNow();
  }

  @Test
  void isSupported_inTheGuest_isTrue() {
    assertThat(Vsock.isSupported()).isTrue();
  }

  @Test
  void connect_toListener_echoesAndKnowsThePeer() throws Exception {
    Future<VsockAddress> peer = pool.submit(this::echoOnce);
    try (SocketChannel client = Vsock.connect(address, SOON)) {
      assertThat(Vsock.peer(client)).isEqualTo(address);
      VsockAddress own = Vsock.local(client);
      write(client, "over vsock");
      client.shutdownOutput();
      assertThat(readAll(client)).isEqualTo("over vsock");
      assertThat(peer.get(20, TimeUnit.SECONDS).cid()).isEqualTo(VsockAddress.CID_LOCAL);
      assertThat(peer.get().port()).isEqualTo(own.port());
    }
  }

  private VsockAddress echoOnce() throws IOException {
    try (SocketChannel accepted = listener.accept()) {
      VsockAddress peer = Vsock.peer(accepted);
      write(accepted, readAll(accepted));
      return peer;
    }
  }

  @Test
  void streams_megabyteBothWays_arriveWhole() throws Exception {
    byte[] data = new byte[1 << 20];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) ((i * 31) >> 3);
    }
    Future<Long> copied =
        pool.submit(
            () -> {
              try (SocketChannel accepted = listener.accept()) {
                return accepted
                    .socket()
                    .getInputStream()
                    .transferTo(accepted.socket().getOutputStream());
              }
            });
    try (SocketChannel client = Vsock.connect(address, SOON)) {
      Future<?> sent =
          pool.submit(
              () -> {
                client.socket().getOutputStream().write(data);
                client.shutdownOutput();
                return null;
              });
      assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(data);
      assertThat(sent.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(copied.get(60, TimeUnit.SECONDS)).isEqualTo(data.length);
    }
  }

  @Test
  void read_silentPeerWithTimeout_isSocketTimeout() throws Exception {
    try (SocketChannel client = Vsock.connect(address, SOON);
        SocketChannel accepted = listener.accept()) {
      client.socket().setSoTimeout(200);
      assertThatThrownBy(() -> client.socket().getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      write(accepted, "x");
      assertThat(client.socket().getInputStream().read()).isEqualTo('x');
    }
  }

  /** Why {@link Vsock} warns of it: tells when junixsocket no longer does this. */
  @Test
  void channelRead_silentPeerWithTimeout_looksLikeEndOfStream() throws Exception {
    try (SocketChannel client = Vsock.connect(address, SOON);
        SocketChannel accepted = listener.accept()) {
      client.socket().setSoTimeout(200);
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(accepted.isOpen()).isTrue();
    }
  }

  @Test
  void selector_ofTheChannelsProvider_selectsReadsWithTimeout() throws Exception {
    try (SocketChannel client = Vsock.connect(address, SOON);
        SocketChannel accepted = listener.accept();
        Selector selector = client.provider().openSelector()) {
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
      assertThat(client.read(ByteBuffer.allocate(1))).isZero();
      assertThat(selector.select(100)).isZero();
      write(accepted, "y");
      assertThat(selector.select(20_000)).isEqualTo(1);
      assertThat(client.read(ByteBuffer.allocate(8))).isEqualTo(1);
    }
  }

  @Test
  void close_whileAnotherThreadAccepts_endsTheCall() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Future<SocketChannel> accepting =
        pool.submit(
            () -> {
              started.countDown();
              return listener.accept();
            });
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    listener.close();
    assertThatThrownBy(() -> accepting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ClosedChannelException.class);
  }

  /** As a close that comes just before the other thread's call. */
  @Test
  void accept_onAClosedListener_isAClosedChannel() throws Exception {
    listener.close();
    assertThatThrownBy(listener::accept).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void accept_afterManyLookUps_stillAccepts() throws Exception {
    Future<VsockAddress> peer = pool.submit(this::echoOnce);
    // Long enough for the accepting thread to have looked up whether the channel was closed.
    assertThatThrownBy(() -> peer.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    try (SocketChannel client = Vsock.connect(address, SOON)) {
      client.shutdownOutput();
      assertThat(peer.get(20, TimeUnit.SECONDS).cid()).isEqualTo(VsockAddress.CID_LOCAL);
    }
  }

  @Test
  void accept_interrupted_closesTheChannel() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Future<SocketChannel> accepting =
        pool.submit(
            () -> {
              started.countDown();
              return listener.accept();
            });
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    pool.shutdownNow();
    assertThatThrownBy(() -> accepting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(listener.isOpen()).isFalse();
  }

  @Test
  void close_whileAnotherThreadReads_endsTheCall() throws Exception {
    SocketChannel client = Vsock.connect(address, SOON);
    try (SocketChannel accepted = listener.accept()) {
      CountDownLatch started = new CountDownLatch(1);
      Future<Integer> reading =
          pool.submit(
              () -> {
                started.countDown();
                return client.read(ByteBuffer.allocate(1));
              });
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThat(endOf(reading)).isIn(-1, ClosedChannelException.class);
      assertThat(accepted.isOpen()).isTrue();
    }
  }

  /** What a read gave, or the kind of exception that ended it. */
  private static Object endOf(Future<Integer> reading) throws Exception {
    try {
      return reading.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClosedChannelException) {
        return ClosedChannelException.class;
      }
      throw e;
    }
  }

  @Test
  void read_peerClosed_isEndOfStream() throws Exception {
    try (SocketChannel client = Vsock.connect(address, SOON)) {
      listener.accept().close();
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void listen_onAPortInUse_isAddressInUse() {
    assertReason(
        VsockException.Reason.ADDRESS_IN_USE,
        () -> Vsock.listen(VsockAddress.anyCid(address.port()), 1).close());
  }

  @Test
  void listen_onAForeignCid_isAddressUnavailable() {
    assertReason(
        VsockException.Reason.ADDRESS_UNAVAILABLE,
        () -> Vsock.listen(new VsockAddress(77, 5000), 1).close());
  }

  @Test
  void connect_whereNobodyListens_isRefused() throws IOException {
    listener.close();
    assertReason(VsockException.Reason.REFUSED, () -> Vsock.connect(address, SOON).close());
  }

  @Test
  void connect_toAMachineThatIsNotThere_isNoPeer() {
    assertReason(
        VsockException.Reason.NO_PEER,
        () -> Vsock.connect(new VsockAddress(77, 5000), SOON).close());
  }

  @Test
  void peer_ofAClosedChannel_isAnIoException() throws IOException {
    SocketChannel client = Vsock.connect(address, SOON);
    client.close();
    assertThatThrownBy(() -> Vsock.peer(client)).isInstanceOf(IOException.class);
  }

  @Test
  void connections_manyTimes_leaveNoDescriptor() throws Exception {
    connectOnce();
    List<String> descriptors = ProcessFacts.openDescriptors();
    for (int i = 0; i < 200; i++) {
      connectOnce();
    }
    assertThat(ProcessFacts.openDescriptors()).isEqualTo(descriptors);
  }

  private void connectOnce() throws IOException {
    try (SocketChannel client = Vsock.connect(address, SOON);
        SocketChannel accepted = listener.accept()) {
      write(client, "z");
      assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  private static void assertReason(
      VsockException.Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VsockException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) <= 0) {
        throw new IOException("nothing written");
      }
    }
  }

  private static String readAll(SocketChannel channel) throws IOException {
    return new String(channel.socket().getInputStream().readAllBytes(), US_ASCII);
  }
}
