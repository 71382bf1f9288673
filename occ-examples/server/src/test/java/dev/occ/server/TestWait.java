package dev.occ.server;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds, with a deadline. */
final class TestWait {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestWait() {}

  static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come to be in " + PATIENCE);
      }
      Thread.sleep(10);
    }
  }

  /** Takes up time, for a signer that is slow. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
