package dev.occ.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a request must have its answer, counted from its arrival: who waits for it counts from there
 * too, and does not know about queues. Thread-safe.
 */
final class Deadline {
  private final LongSupplier nanoClock;
  private final Duration time;
  private final long start;

  private Deadline(LongSupplier nanoClock, Duration time) {
    this.nanoClock = nanoClock;
    this.time = time;
    this.start = nanoClock.getAsLong();
  }

  /** The deadline of a request that arrives now. */
  static Deadline in(Duration time, LongSupplier nanoClock) {
    return new Deadline(nanoClock, time);
  }

  /** Refuses to go on once the time is over. */
  void require() throws ApiException {
    if (nanoClock.getAsLong() - start > time.toNanos()) {
      throw new ApiException(
          ApiError.OUT_OF_TIME, "the request took longer than " + time.toSeconds() + " s");
    }
  }
}
