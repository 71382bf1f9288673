package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what all connections together may buffer. Thread-safe. */
@CheckReturnValue
final class MemoryBudget {
  private final AtomicLong left;

  MemoryBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes bytes; false, and nothing taken, if there are not as many left. */
  boolean take(long bytes) {
    return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }

  long left() {
    return left.get();
  }
}
