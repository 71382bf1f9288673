package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Connections that were answered and wait for their peers to close. Closing at once, while the peer
 * still sends, would make TCP and Unix sockets report a reset, and the peer might lose the answer.
 *
 * <p>The peer sees the end of the stream at once; what it still sends is thrown away. Bounded in
 * time and number: beyond that, connections are closed without waiting. No thread waits for a peer
 * here. Thread-safe.
 */
final class Lingering {
  private static final Duration SWEEP = Duration.ofMillis(20);
  private static final int MAX_DRAIN_PER_SWEEP = 1024 * 1024;

  private final Map<SocketChannel, Long> deadlines = new HashMap<>();
  private final ByteBuffer sink = ByteBuffer.allocate(Channels.CHUNK);
  private final long nanos;
  private final int max;
  private final Logger log;
  private final Watchdog.Guard sweeper;

  @GuardedBy("this")
  private boolean closed;

  Lingering(Duration time, int max, Watchdog watchdog, Logger log) {
    this.nanos = time.toNanos();
    this.max = max;
    this.log = log;
    this.sweeper = watchdog.every(SWEEP, this::sweep);
  }

  /** Says to the peer that there is no more, and closes the channel when the peer does. */
  synchronized void add(SocketChannel channel) {
    boolean kept = false;
    try {
      SocketChannel unused = channel.shutdownOutput();
      var unusedToo = channel.configureBlocking(false);
      kept = !closed && deadlines.size() < max && !isAtEnd(channel);
      if (kept) {
        deadlines.put(channel, System.nanoTime() + nanos);
      }
    } catch (IOException e) {
      log.debug("the peer went away", e);
    } finally {
      if (!kept) {
        Channels.closeQuietly(channel, log);
      }
    }
  }

  private synchronized void sweep() {
    Iterator<Map.Entry<SocketChannel, Long>> entries = deadlines.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<SocketChannel, Long> entry = entries.next();
      if (System.nanoTime() - entry.getValue() >= 0 || isOver(entry.getKey())) {
        entries.remove();
        Channels.closeQuietly(entry.getKey(), log);
      }
    }
    if (deadlines.isEmpty()) {
      notifyAll();
    }
  }

  private boolean isOver(SocketChannel channel) {
    try {
      return isAtEnd(channel);
    } catch (IOException e) {
      log.debug("the peer went away", e);
      return true;
    }
  }

  private boolean isAtEnd(SocketChannel channel) throws IOException {
    int drained = 0;
    try {
      while (drained < MAX_DRAIN_PER_SWEEP) {
        int read = channel.read(sink.clear());
        if (read <= 0) {
          return read < 0;
        }
        drained += read;
      }
      return false;
    } catch (NotYetConnectedException e) {
      // What junixsocket makes of ENOTCONN, which vsock gives once both sides have said the end.
      log.debug("the peer went away", e);
      return true;
    }
  }

  /** Waits until no connection is left; false if the time ran out first. */
  @CheckReturnValue
  synchronized boolean awaitEmpty(long timeoutNanos) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutNanos;
    while (!deadlines.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  /** Closes what is left, and from now on all that comes. */
  synchronized void close() {
    closed = true;
    sweeper.close();
    deadlines.keySet().forEach(channel -> Channels.closeQuietly(channel, log));
    deadlines.clear();
  }
}
