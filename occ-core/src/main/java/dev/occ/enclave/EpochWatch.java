package dev.occ.enclave;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells a listener when answers start to come from another epoch. An epoch never comes back, so a
 * late answer of an earlier one, which another thread may deliver, is not taken for a change.
 * Thread-safe.
 */
final class EpochWatch {
  private static final int REMEMBERED = 16;

  private final EpochListener listener;

  /** The epochs seen, the current one first. */
  private final Deque<String> seen = new ArrayDeque<>();

  EpochWatch(EpochListener listener) {
    this.listener = listener;
  }

  void observe(String epochId) {
    String previous;
    synchronized (this) {
      if (seen.contains(epochId)) {
        return;
      }
      previous = seen.peekFirst();
      seen.addFirst(epochId);
      if (seen.size() > REMEMBERED) {
        seen.removeLast();
      }
    }
    if (previous != null) {
      tell(previous, epochId);
    }
  }

  private void tell(String previous, String current) {
    try {
      listener.epochChanged(previous, current);
    } catch (RuntimeException e) {
      // The answer that this thread brings must not get lost over it.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
