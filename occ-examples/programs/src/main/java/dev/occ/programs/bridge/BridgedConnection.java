package dev.occ.programs.bridge;

import dev.occ.enclave.Connector;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One accepted connection, the one to the target, and what flows between them. */
final class BridgedConnection {
  private static final int CHUNK = 64 * 1024;

  private final SocketChannel near;
  private final Executor threads;
  private final BridgeReport report;
  private final CountDownLatch backDone = new CountDownLatch(1);
  private volatile Optional<SocketChannel> far = Optional.empty();
  private volatile boolean aborted;
  private volatile long lastByte = System.nanoTime();

  BridgedConnection(SocketChannel near, Executor threads, BridgeReport report) {
    this.near = near;
    this.threads = threads;
    this.report = report;
  }

  long idleNanos() {
    return System.nanoTime() - lastByte;
  }

  /** Connects, carries bytes until both directions have ended, and closes. */
  void run(Connector target, Duration connectTimeout) {
    try {
      SocketChannel there = target.connect(connectTimeout);
      far = Optional.of(there);
      if (aborted) { // by a stop while the connection was being made
        abort();
        return;
      }
      lastByte = System.nanoTime();
      carry(there);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      report.failed("the target cannot be reached", e);
      abort();
    }
  }

  private void carry(SocketChannel there) {
    boolean backStarted = false;
    try {
      threads.execute(
          () -> {
            try {
              pump(there, near);
            } finally {
              backDone.countDown();
            }
          });
      backStarted = true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      report.failed("no thread for a connection", e);
      abort();
    }
    if (backStarted) {
      pump(near, there);
      awaitBack();
    }
    closeBoth();
  }

  private void awaitBack() {
    try {
      backDone.await();
    } catch (InterruptedException e) {
      // Nobody but a stranger interrupts this thread. Without it, nobody would close the channels.
      report.failed("a connection's thread was interrupted", e);
      abort();
    }
  }

  /** Carries one direction to its end, and passes the end on. */
  private void pump(SocketChannel from, SocketChannel to) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      while (read(from, buffer.clear())) {
        lastByte = System.nanoTime();
        for (ByteBuffer rest = buffer.flip(); rest.hasRemaining(); ) {
          int written = to.write(rest);
          if (written > 0) {
            lastByte = System.nanoTime();
          }
        }
      }
      if (!aborted) {
        SocketChannel unused = to.shutdownOutput();
      }
    } catch (ClosedChannelException e) {
      abort(); // closed by the other direction or by the bridge, which said why
    } catch (NotYetConnectedException e) {
      // What junixsocket makes of ENOTCONN, which vsock gives once both sides have said the end.
      abort();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (!aborted) {
        report.failed("a connection broke", e);
      }
      abort();
    }
  }

  private static boolean read(SocketChannel from, ByteBuffer buffer) throws IOException {
    return from.read(buffer) >= 0;
  }

  /** Breaks off both sides: TCP peers get a reset instead of an end. Ends all calls under way. */
  void abort() {
    aborted = true;
    reset(near);
    far.ifPresent(this::reset);
  }

  private void reset(SocketChannel channel) {
    try {
      if (channel.isOpen()
          && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        SocketChannel unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException | UnsupportedOperationException e) {
      report.debug("a connection cannot be reset, only closed", e);
    }
    close(channel);
  }

  private void closeBoth() {
    close(near);
    far.ifPresent(this::close);
  }

  private void close(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      report.debug("closing failed", e);
    }
  }
}
