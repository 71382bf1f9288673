package dev.occ.server;

import dev.occ.enclave.SurvivingTask;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server does by itself: guards that run again and again, and what is due at its end. A
 * task that throws, be it an error, is logged and goes on: an executor would drop it in silence,
 * and the server would do without its guards from then on. That holds for an error in the logging
 * too. Thread-safe.
 */
final class ParentTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ParentTimer.class);

  /** Two, so that a task that waits for the enclave does not hold up the others. */
  private static final int THREADS = 2;

  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(THREADS, ParentTimer::thread);

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "occ-parent-timer");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a task now, and again after each pause. */
  void every(Duration pause, Runnable task) {
    Object unused =
        executor.scheduleWithFixedDelay(logged(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a task once, later. */
  void after(Duration delay, Runnable task) {
    Object unused = executor.schedule(logged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Runnable logged(Runnable task) {
    return SurvivingTask.of(
        task,
        (failure, unreported) ->
            LOG.error(
                "a periodic task failed; it continues ({} failures before were not logged)",
                unreported,
                failure));
  }

  /** Drops what waits, and interrupts what runs. */
  @Override
  public void close() {
    Object unused = executor.shutdownNow();
  }
}
