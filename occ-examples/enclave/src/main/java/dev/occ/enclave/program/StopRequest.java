package dev.occ.enclave.program;

import java.time.Duration;

/** Whether work is to end, and pauses that end with it. */
public interface StopRequest {
  /**
   * Whether to end.
   *
   * @return whether the work was told to end
   */
  boolean isStopped();

  /**
   * Waits, no longer than until the work is to end.
   *
   * @param pause how long
   * @return whether to go on
   */
  boolean pause(Duration pause);
}
