package dev.occ.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that is used as no proper client would; TCP or Unix. Never blocks for long. */
final class Wire implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;

  private Wire(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  static Wire to(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      var unused = channel.configureBlocking(false);
      Selector selector = Selector.open();
      Object unusedToo = channel.register(selector, SelectionKey.OP_READ);
      return new Wire(channel, selector);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends what the peer takes at once, and drops the rest. */
  int send(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining() && channel.write(rest) > 0) {
      Thread.onSpinWait();
    }
    return rest.position();
  }

  int send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends all of it, as fast as the peer takes it; false if it stopped taking any. */
  boolean sendAll(byte[] bytes, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    SelectionKey key = channel.keyFor(selector);
    Object unused = key.interestOps(SelectionKey.OP_WRITE);
    try {
      while (rest.hasRemaining() && System.nanoTime() - deadline < 0) {
        int unusedToo = selector.select(100);
        selector.selectedKeys().clear();
        int unusedWritten = channel.write(rest);
      }
    } finally {
      unused = key.interestOps(SelectionKey.OP_READ);
    }
    return !rest.hasRemaining();
  }

  void shutdownOutput() throws IOException {
    Object unused = channel.shutdownOutput();
  }

  /** What came within some time: ends at once with the peer's end, or when enough came. */
  Received receive(int enough, Gate gate, Duration patience)
      throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    long deadline = System.nanoTime() + patience.toNanos();
    while (text.length() < enough && System.nanoTime() - deadline < 0) {
      int read = channel.read(buffer.clear());
      if (read < 0) {
        return new Received(text.toString(), true);
      }
      text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
      if (read == 0) {
        int unused = selector.select(100);
        selector.selectedKeys().clear();
        if (!gate.spend(Duration.ZERO)) {
          break;
        }
      }
    }
    return new Received(text.toString(), false);
  }

  /**
   * What a peer sent.
   *
   * @param text its bytes as ISO 8859-1
   * @param ended whether it ended the connection
   */
  record Received(String text, boolean ended) {
    /** The status of an HTTP answer, or how the connection stands. */
    String kind() {
      if (text.startsWith("HTTP/1.1 ") && text.length() >= 12) {
        return text.substring(9, 12);
      }
      return text.isEmpty() ? ended ? "closed" : "no answer" : "other";
    }
  }

  /** Resets a TCP connection instead of closing it. */
  void reset() throws IOException {
    if (channel.getRemoteAddress() instanceof InetSocketAddress) {
      Object unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
