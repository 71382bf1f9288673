package dev.occ.enclave;

import dev.occ.epoch.Epoch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connections of one server share. Thread-safe. */
final class ServerContext {
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int MAX_LINGERING = 256;

  private final Logger log = LoggerFactory.getLogger(EnclaveServer.class);
  private final EnclaveServerOptions options;
  private final RequestHandler handler;
  private final MemoryBudget budget;
  private final MemoryBudget weights;
  private final Watchdog watchdog = new Watchdog("occ-enclave-watchdog");
  private final Lingering lingering;
  private final ThreadPoolExecutor workers;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);

  ServerContext(Epoch epoch, EnclaveServerOptions options) {
    this.options = options;
    this.handler = new RequestHandler(epoch, options.maxRequestBytes(), log);
    this.budget = new MemoryBudget(options.maxBufferedBytes());
    this.weights = new MemoryBudget(options.maxParsedBytes());
    this.lingering = new Lingering(LINGER, MAX_LINGERING, watchdog, log);
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            options.workers(),
            options.workers(),
            0,
            TimeUnit.NANOSECONDS,
            new ArrayBlockingQueue<>(options.maxQueued()),
            task -> {
              Thread thread = new Thread(task, "occ-enclave-worker-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    // All threads now, while a lack of memory for them is the starter's to see.
    int unused = this.workers.prestartAllCoreThreads();
  }

  Logger log() {
    return log;
  }

  EnclaveServerOptions options() {
    return options;
  }

  RequestHandler handler() {
    return handler;
  }

  MemoryBudget budget() {
    return budget;
  }

  /** What requests that are carried out may weigh together, once they are parsed. */
  MemoryBudget weights() {
    return weights;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Lingering lingering() {
    return lingering;
  }

  ThreadPoolExecutor workers() {
    return workers;
  }

  /** The connections that a worker serves right now. */
  Set<ServerConnection> connections() {
    return connections;
  }

  /** Whether accepted connections wait for a worker. */
  boolean workWaits() {
    return !workers.getQueue().isEmpty();
  }

  void beginStop() {
    stopping.countDown();
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Waits, but no longer than until the server stops. */
  void pause(Duration time) throws InterruptedException {
    boolean unused = stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
