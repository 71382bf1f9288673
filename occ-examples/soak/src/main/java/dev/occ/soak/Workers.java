package dev.occ.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The threads of the load, each of which repeats one action while the gate is open. */
final class Workers {
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Gate gate;
  private final LoadTally tally;
  private final List<Thread> threads = new ArrayList<>();

  Workers(Gate gate, LoadTally tally) {
    this.gate = gate;
    this.tally = tally;
  }

  /**
   * Adds a worker.
   *
   * @param pace the mean pause between two actions; the load is to be mixed, not to burn processors
   */
  void add(String name, Duration pace, Action action) {
    Thread thread = new Thread(() -> run(name, pace, action), "soak-" + name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void run(String name, Duration pace, Action action) {
    try {
      while (gate.enter()) {
        try {
          action.perform();
          long pause = ThreadLocalRandom.current().nextLong(2 * pace.toMillis() + 1);
          boolean unused = gate.spend(Duration.ofMillis(pause));
        } finally {
          gate.leave();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError e) {
      tally.fail(name + " failed: " + e);
    }
  }

  /** Ends them all; false if one is stuck. */
  boolean end() throws InterruptedException {
    gate.end();
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (thread.isAlive()) {
        return false;
      }
    }
    return true;
  }
}
