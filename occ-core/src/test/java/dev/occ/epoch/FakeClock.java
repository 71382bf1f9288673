package dev.occ.epoch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that stands still until it is moved. */
final class FakeClock implements LongSupplier {
  /** So near to the end that it overflows soon, as {@code System.nanoTime()} may. */
  private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  synchronized void advance(Duration time) {
    now += time.toNanos();
  }
}
