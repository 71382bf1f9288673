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
            Watchdog::refuse);
    timer.setRemoveOnCancelPolicy(true); // most guards are called off long before their time
  }

  /** Called for what comes too late; marks it, for {@link #after} to see. */
  private static void refuse(Runnable task, ThreadPoolExecutor refusing) {
    boolean unused = ((Future<?>) task).cancel(false);
  }

  /**
   * Runs an action once, later; in the calling thread and now if the watchdog is finished or closed
   * already. Nobody would watch the time any more, and what must not last for ever must not begin.
   */
  Guard after(Duration delay, Runnable action) {
    Runnable once = reported(action);
    Future<?> future = timer.schedule(once, nanos(delay), TimeUnit.NANOSECONDS);
    if (future.isCancelled()) { // refused; nobody else has it yet
      once.run();
    }
    return guard(future);
  }

  /**
   * Runs an action again and again, until the guard or the watchdog is closed; whatever an action
   * throws, it is run again.
   */
  Guard every(Duration period, Runnable action) {
    long nanos = nanos(period);
    return guard(
        timer.scheduleWithFixedDelay(reported(action), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  /** A time that is longer than 292 years is as good as one of 292 years. */
  private static long nanos(Duration time) {
    return TimeUnit.NANOSECONDS.convert(time);
  }

  private static Guard guard(Future<?> future) {
    return () -> {
      boolean unused = future.cancel(false);
    };
  }

  /** A future would keep what an action throws to itself, and never repeat the action. */
  private static Runnable reported(Runnable action) {
    return SurvivingTask.of(
        action,
        (failure, unreported) -> {
          Thread thread = Thread.currentThread();
          thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        });
  }

  /**
   * Lets the thread end once no single deadline waits any more: those of calls that are under way
   * still count, so that none of them is left without one.
   */
  void finish() {
    timer.shutdown(); // which by default keeps single tasks and drops repeated ones
  }

  /**
   * Drops what waits, and lets the thread end. For when everything that was watched is over or
   * closed.
   */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Waits for the thread to end; false if the time ran out first. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return timer.awaitTermination(nanos(timeout), TimeUnit.NANOSECONDS);
  }
}
