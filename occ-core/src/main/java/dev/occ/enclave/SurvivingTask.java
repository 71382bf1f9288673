package dev.occ.enclave;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A task that a timer runs again and again, and that throws nothing: an executor drops a repeated
 * task in silence once it has thrown, and a server would do without its guards from then on. What
 * the task throws is reported; what the report throws, as it does when an {@code OutOfMemoryError}
 * in the task is followed by one in its logging, is counted, and told with the next report that
 * gets through. Thread-safe if task and report are.
 */
public final class SurvivingTask implements Runnable {
  private final Runnable task;
  private final Report report;
  private final AtomicLong unreported = new AtomicLong();

  /** Says that a task has failed. */
  @FunctionalInterface
  public interface Report {
    /**
     * Called in the thread that has run the task.
     *
     * @param failure what the task has thrown
     * @param unreported how many earlier failures could not be reported
     */
    void failed(Throwable failure, long unreported);
  }

  private SurvivingTask(Runnable task, Report report) {
    this.task = Objects.requireNonNull(task, "task");
    this.report = Objects.requireNonNull(report, "report");
  }

  /**
   * Makes a task that throws nothing.
   *
   * @param task what is to be run
   * @param report what to do when it throws, which may throw itself
   * @return the task, to be handed to a timer
   */
  public static SurvivingTask of(Runnable task, Report report) {
    return new SurvivingTask(task, report);
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      report(e);
    }
  }

  /** Allocates nothing by itself: there may be no memory. */
  private void report(Throwable failure) {
    long before = unreported.get();
    try {
      report.failed(failure, before);
    } catch (RuntimeException | Error again) {
      long unused = unreported.incrementAndGet(); // said by the next report
      return;
    }
    unreported.addAndGet(-before);
  }
}
