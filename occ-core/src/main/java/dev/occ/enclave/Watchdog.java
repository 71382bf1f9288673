package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long. Calls on blocking channels know no deadline, whatever their provider;
 * but closing a channel, or shutting down its input, ends the calls that other threads have under
 * way on it.
 *
 * <p>One daemon thread, so the actions must be short. Thread-safe.
 */
@CheckReturnValue
final class Watchdog implements AutoCloseable {
  /** A deadline that waits; closing it calls it off, unless it has passed already. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }

  private final ScheduledThreadPoolExecutor timer;

  Watchdog(String threadName) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true); // most guards are called off long before their time
  }

  /** Runs an action once, later; not at all if the watchdog is finished or closed already. */
  Guard after(Duration delay, Runnable action) {
    return guard(timer.schedule(reported(action), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /**
   * Runs an action again and again, until the guard or the watchdog is closed; whatever an action
   * throws, it is run again.
   */
  Guard every(Duration period, Runnable action) {
    long nanos = period.toNanos();
    return guard(
        timer.scheduleWithFixedDelay(reported(action), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  private static Guard guard(Future<?> future) {
    return () -> {
      boolean unused = future.cancel(false);
    };
  }

  /** A future would keep what an action throws to itself, and never repeat the action. */
  private static Runnable reported(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    };
  }

  /**
   * Lets the thread end once no single deadline waits any more: those of calls that are under way
   * still count, so that none of them is left without one.
   */
  void finish() {
    timer.shutdown(); // which by default keeps single tasks and drops repeated ones
  }

  /** Drops what waits, and lets the thread end. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Waits for the thread to end; false if the time ran out first. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return timer.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
