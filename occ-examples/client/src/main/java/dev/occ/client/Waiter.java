package dev.occ.client;

import java.time.Duration;

/**
 * Waits before a request is repeated. For programs that can be told to end: without one of their
 * own, a call ends only after its pauses.
 */
public interface Waiter {
  /**
   * Waits.
   *
   * @param pause how long
   * @return whether to go on; if not, the call ends with the failure that the pause came after, and
   *     with the proofs that were made before
   * @throws InterruptedException if the thread is interrupted
   */
  boolean pause(Duration pause) throws InterruptedException;
}
