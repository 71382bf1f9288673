package dev.occ.server;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes, which requests take from while they are under way. Thread-safe. */
final class ByteBudget {
  private final long size;
  private final AtomicLong free;

  ByteBudget(long bytes) {
    size = bytes;
    free = new AtomicLong(bytes);
  }

  /** How many bytes there are in all. */
  long size() {
    return size;
  }

  /** How many bytes are taken, at this moment. */
  long taken() {
    return size - free.get();
  }

  /** What one request takes, to be given back at its end. */
  Account open() {
    return new Account();
  }

  /** Thread-safe. */
  final class Account {
    private final AtomicLong taken = new AtomicLong();

    private Account() {}

    /** Takes bytes; false, and nothing taken, if there are not so many left. */
    boolean tryTake(int bytes) {
      if (free.addAndGet(-bytes) < 0) {
        free.addAndGet(bytes);
        return false;
      }
      taken.addAndGet(bytes);
      return true;
    }

    /** Whether so many bytes are left, at this moment. */
    boolean hasRoom(int bytes) {
      return free.get() >= bytes;
    }

    /** Takes bytes of something that is there already and cannot be refused any more. */
    void take(int bytes) {
      free.addAndGet(-bytes);
      taken.addAndGet(bytes);
    }

    /** Gives everything back. */
    void close() {
      free.addAndGet(taken.getAndSet(0));
    }
  }
}
