package dev.occ.programs.bridge;

import java.time.Duration;

/**
 * How much a bridge takes on.
 *
 * @param maxConnections connections at once, 1 to 10000; each has two threads and two buffers of 64
 *     KiB. A further one is closed at once
 * @param connectTimeout how long reaching the target may take
 * @param idleTimeout how long a connection may carry no byte in either direction
 * @param stopTimeout how long connections may take to end once the bridge stops; zero is allowed
 */
public record BridgeLimits(
    int maxConnections, Duration connectTimeout, Duration idleTimeout, Duration stopTimeout) {
  private static final int LARGEST_MAX_CONNECTIONS = 10_000;
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  /** 256 connections, 5 s to connect, 60 s of idleness, 10 s to stop. */
  public static final BridgeLimits DEFAULT =
      new BridgeLimits(256, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10));

  /**
   * Checks the ranges.
   *
   * @param maxConnections connections at once
   * @param connectTimeout 1 ms to a day
   * @param idleTimeout 1 ms to a day
   * @param stopTimeout zero to a day
   * @throws IllegalArgumentException outside of them
   */
  public BridgeLimits {
    if (maxConnections < 1 || maxConnections > LARGEST_MAX_CONNECTIONS) {
      throw new IllegalArgumentException(
          "the number of connections must be 1 to " + LARGEST_MAX_CONNECTIONS);
    }
    requireRange(connectTimeout, MIN_TIMEOUT, "the connect timeout");
    requireRange(idleTimeout, MIN_TIMEOUT, "the idle timeout");
    requireRange(stopTimeout, Duration.ZERO, "the stop timeout");
  }

  private static void requireRange(Duration value, Duration min, String name) {
    if (value.compareTo(min) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(name + " must be " + min.toMillis() + " ms to a day");
    }
  }
}
