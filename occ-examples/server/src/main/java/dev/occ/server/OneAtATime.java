package dev.occ.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that never runs twice at once: who asks for it while it runs has that thread run it again.
 * After a run that threw it never runs again. Thread-safe.
 */
final class OneAtATime implements Runnable {
  private final Runnable task;
  private final AtomicInteger asked = new AtomicInteger();

  OneAtATime(Runnable task) {
    this.task = task;
  }

  @Override
  public void run() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      task.run();
      seen = asked.addAndGet(-seen);
    }
  }
}
