package dev.occ.enclave;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.enclave.EnclaveException.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one client: bounded, the last used one first. Thread-safe. */
final class ConnectionPool {
  private final Connector connector;
  private final EnclaveClientOptions options;
  private final Watchdog watchdog;
  private final Semaphore places;

  @GuardedBy("this")
  private final Deque<ClientConnection> idle = new ArrayDeque<>();

  @GuardedBy("this")
  private final Set<ClientConnection> inUse = new HashSet<>();

  @GuardedBy("this")
  private boolean closed;

  ConnectionPool(Connector connector, EnclaveClientOptions options, Watchdog watchdog) {
    this.connector = connector;
    this.options = options;
    this.watchdog = watchdog;
    this.places = new Semaphore(options.maxConnections(), true);
  }

  /** Waits for a place, which the caller leaves again. */
  void enter(Duration timeout) throws EnclaveException {
    try {
      if (!places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw EnclaveException.of(Reason.TIMEOUT, "no connection became free in time", null, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EnclaveException.of(Reason.INTERRUPTED, "interrupted before the request", e, false);
    }
  }

  void leave() {
    places.release();
  }

  /** A connection that an earlier request has left, if one of them is still usable. */
  Optional<ClientConnection> takeIdle() throws EnclaveException {
    for (ClientConnection next = poll(); next != null; next = poll()) {
      if (isReusable(next)) {
        return Optional.of(next);
      }
      discard(next);
    }
    return Optional.empty();
  }

  private boolean isReusable(ClientConnection connection) {
    try {
      return connection.isReusable(options.maxIdle());
    } catch (IOException | RequestException e) {
      return false; // what is wrong with it does not matter: it is replaced
    }
  }

  private synchronized @Nullable ClientConnection poll() throws EnclaveException {
    requireOpen();
    ClientConnection next = idle.pollFirst();
    if (next != null) {
      inUse.add(next);
    }
    return next;
  }

  ClientConnection connect(Duration timeout) throws EnclaveException {
    Duration limit =
        timeout.compareTo(options.connectTimeout()) < 0 ? timeout : options.connectTimeout();
    SocketChannel channel;
    try {
      channel = connector.connect(limit);
    } catch (ClosedByInterruptException e) {
      throw EnclaveException.of(Reason.INTERRUPTED, "interrupted while connecting", e, false);
    } catch (IOException e) {
      if (isClosed()) {
        throw clientClosed(e); // then there is no time to connect in, and the rest follows from it
      }
      if (e instanceof SocketTimeoutException) {
        throw EnclaveException.of(
            Reason.TIMEOUT, "the enclave did not take the connection in time", e, false);
      }
      throw EnclaveException.of(
          Reason.UNAVAILABLE, "the enclave is not there: " + e.getMessage(), e, false);
    }
    ClientConnection connection = new ClientConnection(channel, watchdog, options.maxAnswerBytes());
    synchronized (this) {
      if (!closed) {
        inUse.add(connection);
        return connection;
      }
    }
    discard(connection);
    throw clientClosed(null);
  }

  /** Takes back a connection whose last request was answered. */
  synchronized void giveBack(ClientConnection connection) {
    inUse.remove(connection);
    if (closed) {
      close(connection);
    } else {
      idle.addFirst(connection);
    }
  }

  /** Takes back a connection that is of no use any more. */
  synchronized void discard(ClientConnection connection) {
    inUse.remove(connection);
    close(connection);
  }

  private static void close(ClientConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // Nothing is pending on it, and nobody could do anything about it; a client does not log.
      return;
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @GuardedBy("this")
  private void requireOpen() throws EnclaveException {
    if (closed) {
      throw clientClosed(null);
    }
  }

  private static EnclaveException clientClosed(@Nullable IOException cause) {
    return EnclaveException.of(Reason.CLIENT_CLOSED, "the client is closed", cause, false);
  }

  /** Closes all connections, also those that are in use. */
  synchronized void close() {
    closed = true;
    idle.forEach(ConnectionPool::close);
    idle.clear();
    inUse.forEach(ConnectionPool::close);
  }
}
