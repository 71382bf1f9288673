package dev.occ.programs.bridge;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.enclave.Connector;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.SurvivingTask;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between each connection that a listener accepts and one of its own to a target,
 * both ways, unchanged and without looking at them.
 *
 * <p>The end of one direction is passed on while the other goes on (half-close). A side that reads
 * slowly stops the other from sending: nothing is buffered beyond 64 KiB a direction and what the
 * system holds. A connection that breaks on one side is reset on the other where that is TCP, so
 * that half of a message is not taken for all of it.
 *
 * <p>Safe for use by many threads at once.
 */
@CheckReturnValue
public final class Bridge implements AutoCloseable {
  private static final Duration MAX_SWEEP = Duration.ofSeconds(1);
  private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

  private final Logger log = LoggerFactory.getLogger(Bridge.class);
  private final EnclaveListener listener;
  private final Connector target;
  private final BridgeLimits limits;
  private final BridgeReport report = new BridgeReport(log);
  private final ThreadPoolExecutor threads;
  private final Thread acceptor;
  private final Thread sweeper;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @GuardedBy("this")
  private final Set<BridgedConnection> connections = new HashSet<>();

  @GuardedBy("this")
  private boolean stopping;

  private Bridge(EnclaveListener listener, Connector target, BridgeLimits limits) {
    this.listener = Objects.requireNonNull(listener, "listener");
    this.target = Objects.requireNonNull(target, "target");
    this.limits = Objects.requireNonNull(limits, "limits");
    ThreadFactory daemons = daemons();
    threads =
        new ThreadPoolExecutor(
            0,
            2 * limits.maxConnections(),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons);
    acceptor = daemons.newThread(this::accept);
    sweeper = daemons.newThread(this::sweep);
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "occ-bridge-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts a bridge.
   *
   * @param listener where connections come from; the bridge owns it from now on
   * @param target how to get to where they go
   * @param limits how much to take on
   * @return a running bridge that the caller must close
   */
  public static Bridge start(EnclaveListener listener, Connector target, BridgeLimits limits) {
    Bridge bridge = new Bridge(listener, target, limits);
    bridge.acceptor.start();
    bridge.sweeper.start();
    return bridge;
  }

  /**
   * How many connections are open now.
   *
   * @return zero or more
   */
  public synchronized int connections() {
    return connections.size();
  }

  /**
   * Waits until the bridge has stopped, which {@link #close} in another thread makes it do.
   *
   * @param timeout how long to wait
   * @return false if the time ran out first
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitStopped(Duration timeout) throws InterruptedException {
    return stopped.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void accept() {
    while (listener.channel().isOpen()) {
      try {
        admit(listener.channel().accept());
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // Out of descriptors, threads or memory, as a rule: trying again at once burns time only.
        SurvivingTask.of(
                () -> report.failed("accepting failed", e),
                (unlogged, before) -> pause()) // memory to log it: later, perhaps
            .run();
        pause();
      }
    }
  }

  private void pause() {
    try {
      boolean unused = waitUnlessStopping(ACCEPT_PAUSE.toMillis());
    } catch (InterruptedException e) {
      // Nobody but a stranger interrupts this thread; the listener's state decides what happens.
      log.debug("interrupted while pausing", e);
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    BridgedConnection connection = new BridgedConnection(channel, threads, report);
    boolean started = false;
    try {
      started = isWelcome(channel) && add(connection);
      if (started) {
        threads.execute(() -> run(connection));
      }
    } catch (RejectedExecutionException e) {
      started = false;
      report.failed("no thread for a connection", e);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      started = false;
      throw e;
    } finally {
      if (!started) {
        remove(connection);
        connection.abort();
      }
    }
  }

  private boolean isWelcome(SocketChannel channel) throws IOException {
    if (listener.peerFilter().accepts(channel)) {
      return true;
    }
    report.refused("a peer that is not allowed to connect");
    return false;
  }

  private synchronized boolean add(BridgedConnection connection) {
    if (stopping) {
      return false;
    }
    if (connections.size() >= limits.maxConnections()) {
      report.refused("more than " + limits.maxConnections() + " connections");
      return false;
    }
    return connections.add(connection);
  }

  private synchronized void remove(BridgedConnection connection) {
    if (connections.remove(connection)) {
      notifyAll();
    }
  }

  private void run(BridgedConnection connection) {
    try {
      connection.run(target, limits.connectTimeout());
    } finally {
      remove(connection);
    }
  }

  /** Ends what is idle, and says in one line a second at most what went wrong. */
  private void sweep() {
    long period = Math.max(1, Math.min(MAX_SWEEP.toMillis(), limits.idleTimeout().toMillis() / 4));
    try {
      SurvivingTask sweep =
          SurvivingTask.of(
              this::sweepOnce,
              (failure, unreported) -> report.failed("sweeping idle connections failed", failure));
      while (waitUnlessStopping(period)) {
        sweep.run();
      }
    } catch (InterruptedException e) {
      log.error("the bridge's sweeper was interrupted: idle connections stay open", e);
    }
    report.write();
  }

  private void sweepOnce() {
    for (BridgedConnection connection : snapshot()) {
      if (connection.idleNanos() > limits.idleTimeout().toNanos()) {
        report.ended("idle for more than " + limits.idleTimeout().toMillis() + " ms");
        connection.abort();
      }
    }
    report.write();
  }

  private synchronized boolean waitUnlessStopping(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0 && !stopping; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    return !stopping;
  }

  private synchronized List<BridgedConnection> snapshot() {
    return List.copyOf(connections);
  }

  /**
   * Stops: takes no more connections, gives those that are open {@link BridgeLimits#stopTimeout} to
   * end, and breaks the others off. Calls after the first do nothing.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      notifyAll();
    }
    try {
      listener.close();
    } catch (IOException e) {
      log.warn("closing the listener failed", e);
    }
    awaitConnections();
    snapshot().forEach(BridgedConnection::abort);
    threads.shutdown();
    stopped.countDown();
  }

  private synchronized void awaitConnections() {
    long deadline = System.nanoTime() + limits.stopTimeout().toNanos();
    try {
      for (long left = limits.stopTimeout().toMillis(); left > 0 && !connections.isEmpty(); ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // to whoever wants the bridge closed now
    }
  }
}
