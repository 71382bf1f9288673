package dev.occ.enclave;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.epoch.Epoch;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Puts an epoch behind sockets, with the enclave protocol (spec 13).
 *
 * <p>A request is answered as soon as its closing brace is read. The connection is closed then,
 * unless the request says {@code "keepAlive": true}; in that case a newline after the answer says
 * that the connection stays, and the answer's end without one that it does not, because others wait
 * for their turn or the server stops. Requests may be sent ahead; they are answered in order. Every
 * error answer has a code out of {@link EnclaveErrorCode}; after one that leaves open where the
 * next request would begin, the connection is closed. Members that an action does not know are
 * ignored.
 *
 * <p>A fixed number of workers serve a connection each, and a bounded number of connections wait
 * for them. Nothing that a peer does or leaves undone keeps a worker beyond the timeouts of {@link
 * EnclaveServerOptions}. Keys, digests and nonces are never logged.
 *
 * <p>The server owns its listeners. The epoch stays the caller's, to be closed after the server.
 * Thread-safe.
 */
@CheckReturnValue
public final class EnclaveServer implements AutoCloseable {
  /** How long threads get to end once everything they could wait for is closed. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  private final ServerContext context;
  private final List<EnclaveListener> listeners;
  private final List<Thread> acceptors = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopBegun;
  private volatile boolean stoppedInTime;

  private EnclaveServer(Builder builder) {
    listeners = List.copyOf(builder.listeners);
    context = new ServerContext(builder.epoch, builder.options);
  }

  /**
   * A builder for a server.
   *
   * @param epoch the open epoch to serve
   * @return a builder without listeners, with the default options
   */
  public static Builder builder(Epoch epoch) {
    return new Builder(epoch);
  }

  private void start() {
    for (EnclaveListener listener : listeners) {
      Thread thread =
          new Thread(new Acceptor(listener, context), "occ-enclave-accept-" + acceptors.size());
      acceptors.add(thread);
      thread.start();
    }
    context.log().info("serving on {}", listeners);
  }

  /**
   * Stops with the timeout of {@link EnclaveServerOptions.Builder#stopTimeout}. Calls after the
   * first wait for it to end.
   */
  @Override
  public void close() {
    boolean inTime = stop(context.options().stopTimeout());
    if (!inTime) {
      context.log().warn("requests in flight were cut off by the stop");
    }
  }

  /**
   * Stops: requests in flight are carried out and answered, whoever waits or connects meanwhile is
   * answered {@code closing}, then the listeners are closed and all threads end. What is not done
   * in time is cut off. An interrupt of the caller cuts off at once and stays set.
   *
   * @param timeout how long requests in flight may take, zero or more; the rest of the stop is
   *     bounded by a few seconds
   * @return true if nothing had to be cut off; calls after the first wait for it and give the same
   */
  @CanIgnoreReturnValue
  public boolean stop(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (!isFirstStop()) {
      awaitOtherStop();
      return stoppedInTime;
    }
    boolean interrupted = false;
    try {
      context.beginStop();
      refuseQueued();
      context.connections().forEach(ServerConnection::stop);
      context.workers().shutdown();
      stoppedInTime = awaitEnd(timeout);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally { // whatever happens: there is no second stop that could do it
      interrupted |= end();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return stoppedInTime;
  }

  /** Closes all that is left, and says so to those who wait; true if interrupted meanwhile. */
  private boolean end() {
    try {
      return cutOff();
    } finally {
      stopped.countDown();
    }
  }

  /** For tests: whether accepted connections wait for a worker. */
  boolean hasQueued() {
    return context.workWaits();
  }

  private synchronized boolean isFirstStop() {
    boolean first = !stopBegun;
    stopBegun = true;
    return first;
  }

  private void awaitOtherStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the server has been stopped.
   *
   * @param timeout how long to wait at most
   * @return false if the time ran out first
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public boolean awaitStopped(Duration timeout) throws InterruptedException {
    return stopped.await(nanos(timeout), TimeUnit.NANOSECONDS);
  }

  private void refuseQueued() {
    List<Runnable> queued = new ArrayList<>();
    int unused = context.workers().getQueue().drainTo(queued);
    queued.forEach(EnclaveServer::refuse);
  }

  private static void refuse(Runnable queued) {
    ((ServerConnection) queued).refuse(ServerConnection.closing());
  }

  private boolean awaitEnd(Duration timeout) throws InterruptedException {
    if (!context.workers().awaitTermination(nanos(timeout), TimeUnit.NANOSECONDS)) {
      return false;
    }
    boolean unused = context.lingering().awaitEmpty(LAST_GRACE.toNanos());
    return true;
  }

  /** Callers may wait for ever, and say so with more than a long has nanoseconds. */
  private static long nanos(Duration time) {
    return TimeUnit.NANOSECONDS.convert(time);
  }

  private boolean cutOff() {
    context.connections().forEach(ServerConnection::close);
    context.workers().shutdownNow().forEach(EnclaveServer::refuse);
    try {
      closeListeners();
      for (Thread acceptor : acceptors) { // they may still be telling a peer that it is too late
        acceptor.join(LAST_GRACE.toMillis());
      }
    } catch (InterruptedException e) {
      return true;
    } finally {
      context.lingering().close();
      context.watchdog().close();
    }
    return awaitThreads();
  }

  private void closeListeners() {
    for (EnclaveListener listener : listeners) {
      try {
        listener.close();
      } catch (IOException | RuntimeException e) { // callers bring channels of their own kinds
        context.log().warn("closing {} failed", listener, e);
      }
    }
  }

  /** Waits a moment for the threads to end; true if interrupted meanwhile. */
  private boolean awaitThreads() {
    try {
      long grace = LAST_GRACE.toNanos();
      if (!context.workers().awaitTermination(grace, TimeUnit.NANOSECONDS)
          || !context.watchdog().awaitEnd(LAST_GRACE)) {
        context.log().warn("a request is stuck in the signer, and its thread with it");
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Collects what a server is made of. Not safe for use by several threads at once. */
  public static final class Builder {
    private final Epoch epoch;
    private final List<EnclaveListener> listeners = new ArrayList<>();
    private EnclaveServerOptions options = EnclaveServerOptions.DEFAULT;

    private Builder(Epoch epoch) {
      this.epoch = Objects.requireNonNull(epoch, "epoch");
    }

    /**
     * Adds a listener.
     *
     * @param listener where to accept connections; the server closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder listener(EnclaveListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Adds a listener on a channel of any kind, serving everyone.
     *
     * @param bound a blocking channel, bound already; the server closes it
     * @return this builder
     * @throws IllegalArgumentException if the channel does not block
     */
    @CanIgnoreReturnValue
    public Builder listener(ServerSocketChannel bound) {
      return listener(EnclaveListener.of(bound));
    }

    /**
     * Sets the limits.
     *
     * @param limits sizes, times and numbers
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder options(EnclaveServerOptions limits) {
      options = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * Starts to serve.
     *
     * @return the running server, which the caller must close
     * @throws IllegalStateException if there is no listener
     */
    public EnclaveServer start() {
      if (listeners.isEmpty()) {
        throw new IllegalStateException("a server needs a listener");
      }
      EnclaveServer server = new EnclaveServer(this);
      server.start();
      return server;
    }
  }
}
