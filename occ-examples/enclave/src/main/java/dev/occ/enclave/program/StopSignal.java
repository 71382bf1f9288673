package dev.occ.enclave.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in its own time when the process is told to (SIGINT, SIGTERM): the JVM's end waits
 * until this is closed, up to a limit. To be opened before anything that has to be closed.
 */
public final class StopSignal implements StopRequest, AutoCloseable {
  /** Longer than any server takes to stop; a process that hangs must end all the same. */
  public static final long SERVER_SECONDS = 90;

  private final long maxSeconds;
  private final Runnable onStop;
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "occ-stop");

  /**
   * A signal that work looks at or waits for.
   *
   * @param maxSeconds how long the JVM's end waits
   */
  public StopSignal(long maxSeconds) {
    this(maxSeconds, () -> {});
  }

  /**
   * A signal that is passed on.
   *
   * @param maxSeconds how long the JVM's end waits
   * @param onStop what ends the work; only if told to
   */
  public StopSignal(long maxSeconds, Runnable onStop) {
    this.maxSeconds = maxSeconds;
    this.onStop = onStop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public boolean isStopped() {
    return told.getCount() == 0;
  }

  @Override
  public boolean pause(Duration pause) {
    try {
      return !told.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Returns when the process is told to end.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException {
    told.await();
  }

  private void stop() {
    told.countDown();
    onStop.run();
    try {
      // Not for the command's thread to end: after the command it waits in System.exit for this.
      if (!done.await(maxSeconds, TimeUnit.SECONDS)) {
        System.err.println("occ: what was under way did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JVM is ending anyway
    }
  }

  /** Says that the work has ended. */
  @Override
  public void close() {
    done.countDown();
    if (!isStopped()) {
      try {
        boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        told.countDown(); // the JVM began to end just now, and its hook has run or runs
      }
    }
  }
}
