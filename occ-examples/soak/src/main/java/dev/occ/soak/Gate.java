package dev.occ.soak;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;

/** Lets workers act, and holds them between two actions so that processes are measured at rest. */
final class Gate {
  @GuardedBy("this")
  private boolean open;

  @GuardedBy("this")
  private boolean ended;

  @GuardedBy("this")
  private int active;

  /** Waits for the gate to open and begins an action; false once the load has ended. */
  synchronized boolean enter() throws InterruptedException {
    while (!open && !ended) {
      wait();
    }
    if (ended) {
      return false;
    }
    active++;
    return true;
  }

  synchronized void leave() {
    active--;
    notifyAll();
  }

  synchronized void resume() {
    open = true;
    notifyAll();
  }

  /** Closes the gate and waits for all actions to end; false if some did not in time. */
  synchronized boolean pause(Duration patience) throws InterruptedException {
    open = false;
    notifyAll();
    long deadline = System.nanoTime() + patience.toNanos();
    while (active > 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized void end() {
    ended = true;
    open = false;
    notifyAll();
  }

  /** Takes time within an action; false, and at once, when the gate closes. */
  synchronized boolean spend(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (open) {
      long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) {
        return true;
      }
      wait(left);
    }
    return false;
  }
}
