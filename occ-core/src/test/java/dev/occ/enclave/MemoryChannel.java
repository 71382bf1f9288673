package dev.occ.enclave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * A connection to a peer that has sent some bytes and then the end. They arrive in pieces of a size
 * that depends on their number, so that every boundary between pieces is met. For one thread.
 */
final class MemoryChannel extends SocketChannel {
  private static final int SIZES = 64;

  private final ByteBuffer input;
  private final int piece;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Runnable onClose;
  private boolean outputShut;

  MemoryChannel(byte[] input) {
    this(input, () -> {});
  }

  MemoryChannel(byte[] input, Runnable onClose) {
    super(SelectorProvider.provider());
    this.input = ByteBuffer.wrap(input);
    this.piece = 1 + input.length % SIZES;
    this.onClose = onClose;
  }

  /** What was written to the peer. */
  byte[] written() {
    return written.toByteArray();
  }

  /** Whether the peer was told the end, which precedes every orderly close. */
  boolean isOutputShut() {
    return outputShut;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (!input.hasRemaining()) {
      return -1;
    }
    int length = Math.min(Math.min(piece, input.remaining()), target.remaining());
    target.put(input.slice().limit(length));
    input.position(input.position() + length);
    return length;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    requireOpen();
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    written.writeBytes(bytes);
    return bytes.length;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public SocketChannel shutdownInput() {
    input.position(input.limit());
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() {
    outputShut = true;
    return this;
  }

  @Override
  protected void implCloseSelectableChannel() {
    onClose.run();
  }

  @Override
  protected void implConfigureBlocking(boolean block) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isConnectionPending() {
    return false;
  }

  @Override
  public boolean connect(SocketAddress remote) {
    throw unsupported();
  }

  @Override
  public boolean finishConnect() {
    throw unsupported();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw unsupported();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw unsupported();
  }

  @Override
  public SocketChannel bind(SocketAddress local) {
    throw unsupported();
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) {
    throw unsupported();
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    throw unsupported();
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public Socket socket() {
    throw unsupported();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    throw unsupported();
  }

  @Override
  public SocketAddress getLocalAddress() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("the enclave protocol does not need it");
  }
}
