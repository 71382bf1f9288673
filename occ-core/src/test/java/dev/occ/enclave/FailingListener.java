package dev.occ.enclave;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP listener whose first accepts fail as those of a process without free descriptors do, or
 * whose close fails as a provider's with a bug.
 */
final class FailingListener extends ServerSocketChannel {
  private final ServerSocketChannel real;
  private final AtomicInteger failures;
  private final Runnable onClose;

  FailingListener(int failures) throws IOException {
    this(failures, () -> {});
  }

  private FailingListener(int failures, Runnable onClose) throws IOException {
    super(SelectorProvider.provider());
    this.onClose = onClose;
    this.failures = new AtomicInteger(failures);
    real =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** One that does this once it is closed. */
  static FailingListener onClose(Runnable failure) throws IOException {
    return new FailingListener(0, failure);
  }

  int failuresLeft() {
    return failures.get();
  }

  @Override
  public SocketChannel accept() throws IOException {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("Too many open files");
    }
    return real.accept();
  }

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) {
    throw new UnsupportedOperationException("bound already");
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    return real.setOption(name, value);
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return real.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return real.supportedOptions();
  }

  @Override
  public ServerSocket socket() {
    return real.socket();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return real.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    real.close();
    onClose.run();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    real.configureBlocking(block);
  }
}
