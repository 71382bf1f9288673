package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class LingeringTest {
  private static final long AT_MOST = TimeUnit.SECONDS.toNanos(30);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Watchdog watchdog = new Watchdog("test");
  private final List<SocketChannel> opened = new ArrayList<>();
  private ServerSocketChannel listener;

  /** Both ends of a connection. */
  private record Pair(SocketChannel ours, SocketChannel peer) {}

  @BeforeEach
  void listen() throws IOException {
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    watchdog.close();
    listener.close();
    for (SocketChannel channel : opened) {
      channel.close();
    }
  }

  private Lingering lingering(Duration time, int max) {
    return new Lingering(time, max, watchdog, NOPLogger.NOP_LOGGER);
  }

  private Pair pair() throws IOException {
    SocketChannel peer = SocketChannel.open(listener.getLocalAddress());
    SocketChannel ours = listener.accept();
    opened.addAll(List.of(peer, ours));
    return new Pair(ours, peer);
  }

  private static int read(SocketChannel channel) throws IOException {
    return channel.read(ByteBuffer.allocate(1));
  }

  @Test
  void add_peerStays_isToldTheEndAndLeftUntilItCloses() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair pair = pair();
    lingering.add(pair.ours());
    assertThat(read(pair.peer())).isEqualTo(-1);
    assertThat(pair.ours().isOpen()).isTrue();
    assertThat(lingering.awaitEmpty(0)).isFalse();
    assertThat(lingering.awaitEmpty(TimeUnit.MILLISECONDS.toNanos(60))).isFalse();
    assertThat(pair.ours().isOpen()).isTrue();
    pair.peer().close();
    assertThat(lingering.awaitEmpty(AT_MOST)).isTrue();
    assertThat(pair.ours().isOpen()).isFalse();
  }

  @Test
  void add_peerStaysForEver_isClosedAfterTheTime() throws Exception {
    Lingering lingering = lingering(Duration.ofMillis(50), 10);
    Pair pair = pair();
    lingering.add(pair.ours());
    assertThat(pair.ours().isOpen()).isTrue();
    assertThat(lingering.awaitEmpty(AT_MOST)).isTrue();
    assertThat(pair.ours().isOpen()).isFalse();
  }

  /** Closing while the peer still sends would be a reset, and the peer might lose the answer. */
  @Test
  void add_peerStillSends_isDrainedUntilItsEnd() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair pair = pair();
    pair.ours().write(ByteBuffer.wrap(new byte[] {42}));
    lingering.add(pair.ours());
    ByteBuffer much = ByteBuffer.allocate(16 << 20); // more than both sockets' buffers hold
    while (much.hasRemaining()) {
      pair.peer().write(much);
    }
    pair.peer().shutdownOutput();
    assertThat(lingering.awaitEmpty(AT_MOST)).isTrue();
    assertThat(pair.ours().isOpen()).isFalse();
    assertThat(read(pair.peer())).isEqualTo(1);
    assertThat(read(pair.peer())).isEqualTo(-1);
  }

  @Test
  void add_peerHasEnded_isClosedAtOnce() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair pair = pair();
    pair.peer().shutdownOutput();
    assertThat(read(pair.ours())).isEqualTo(-1); // the end has arrived
    lingering.add(pair.ours());
    assertThat(pair.ours().isOpen()).isFalse();
    assertThat(lingering.awaitEmpty(0)).isTrue();
  }

  @Test
  void add_peerResets_isClosed() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair pair = pair();
    lingering.add(pair.ours());
    pair.peer().setOption(StandardSocketOptions.SO_LINGER, 0).close();
    assertThat(lingering.awaitEmpty(AT_MOST)).isTrue();
    assertThat(pair.ours().isOpen()).isFalse();
  }

  @Test
  void add_closedAlready_isNothing() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair pair = pair();
    pair.ours().close();
    lingering.add(pair.ours());
    assertThat(lingering.awaitEmpty(0)).isTrue();
  }

  @Test
  void add_moreThanTheNumber_closesWithoutWaiting() throws Exception {
    Lingering lingering = lingering(LONG, 2);
    List<Pair> pairs = List.of(pair(), pair(), pair());
    pairs.forEach(pair -> lingering.add(pair.ours()));
    assertThat(pairs).extracting(pair -> pair.ours().isOpen()).containsExactly(true, true, false);
  }

  @Test
  void close_closesWhatIsLeftAndWhatComes() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    Pair before = pair();
    Pair after = pair();
    lingering.add(before.ours());
    lingering.close();
    assertThat(before.ours().isOpen()).isFalse();
    assertThat(lingering.awaitEmpty(0)).isTrue();
    lingering.add(after.ours());
    assertThat(after.ours().isOpen()).isFalse();
    assertThat(read(after.peer())).isEqualTo(-1);
  }

  @Test
  void close_endsTheSweeps() throws Exception {
    Lingering lingering = lingering(LONG, 10);
    lingering.close();
    watchdog.finish(); // which waits for what is not called off
    assertThat(watchdog.awaitEnd(Duration.ofSeconds(30))).isTrue();
  }
}
