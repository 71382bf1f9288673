package dev.occ.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The means of one kind of requests: a fixed number of threads, places for requests that are under
 * way or wait, and bytes for their bodies. Kinds do not take means from each other: whoever floods
 * {@code /verify}, which needs no key, keeps nobody from committing. Thread-safe.
 */
final class Lane {
  private static final long LEAST_WEIGHT = 16 * 1024 * 1024;

  private final Semaphore places;
  private final int maxPlaces;
  private final ByteBudget bodies;

  /** What parsed bodies may weigh: an eighth of the heap, because there are three lanes. */
  private final ByteBudget weights =
      new ByteBudget(Math.max(LEAST_WEIGHT, Runtime.getRuntime().maxMemory() / 8));

  private final ExecutorService threads;

  Lane(String name, int threadCount, int places, long bodyBytes) {
    this.places = new Semaphore(places);
    this.maxPlaces = places;
    this.bodies = new ByteBudget(bodyBytes);
    AtomicInteger number = new AtomicInteger();
    // The queue needs no bound of its own: whoever has no place does not get this far.
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            task -> new Thread(task, "occ-parent-" + name + "-" + number.getAndIncrement()));
  }

  /** Takes a place; false if all are taken. */
  boolean tryEnter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  /** What the bodies of this lane take once they are parsed. */
  ByteBudget weights() {
    return weights;
  }

  /** The bytes for bodies. */
  ByteBudget bodies() {
    return bodies;
  }

  /** Runs a request that has a place. */
  void execute(Runnable task) {
    threads.execute(task);
  }

  /** How many requests are under way or wait. */
  int inUse() {
    return maxPlaces - places.availablePermits();
  }

  /** Interrupts what still runs, and waits a moment for it to end. */
  boolean stop(Duration grace) throws InterruptedException {
    threads.shutdownNow();
    return threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
  }
}
