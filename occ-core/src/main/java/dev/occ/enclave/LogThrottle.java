package dev.occ.enclave;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets one message through in a while, and counts the others: for messages that peers can provoke.
 * Thread-safe.
 */
final class LogThrottle {
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final LongSupplier nanoClock;
  private boolean started;
  private long last;
  private long suppressed;

  LogThrottle(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Runs the action, with the number of those that were not run since the last one, or not. */
  synchronized void log(LongConsumer action) {
    long now = nanoClock.getAsLong();
    if (started && now - last < PAUSE_NANOS) {
      suppressed++;
      return;
    }
    started = true;
    last = now;
    action.accept(suppressed);
    suppressed = 0;
  }
}
