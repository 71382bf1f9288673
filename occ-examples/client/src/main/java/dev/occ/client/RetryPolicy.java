package dev.occ.client;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;

/**
 * How often and when requests are repeated that certainly had no effect. The pause before
 * repetition n is random between a half and all of {@code firstPause * 2^(n-1)}, at most {@code
 * maxPause}, and never shorter than what the server's {@code Retry-After} asks for.
 *
 * @param maxAttempts how often a request is sent, at least 1; with 1 nothing is repeated
 * @param firstPause how long to wait before the first repetition
 * @param maxPause the longest pause of our own
 * @param maxRetryAfter the longest {@code Retry-After} to wait for; after a longer one the request
 *     fails, because repeating earlier would be against the server's word
 */
@CheckReturnValue
public record RetryPolicy(
    int maxAttempts, Duration firstPause, Duration maxPause, Duration maxRetryAfter) {
  /** Five attempts, 200 ms to 10 s apart, up to 60 s when the server says so. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Every request is sent once. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /**
   * Checks the ranges.
   *
   * @param maxAttempts 1 to 100
   * @param firstPause not negative
   * @param maxPause not negative
   * @param maxRetryAfter not negative
   * @throws IllegalArgumentException outside of them
   */
  public RetryPolicy {
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new IllegalArgumentException("the number of attempts must be 1 to 100");
    }
    if (firstPause.isNegative() || maxPause.isNegative() || maxRetryAfter.isNegative()) {
      throw new IllegalArgumentException("a pause is not negative");
    }
  }

  /**
   * The pause after a failed attempt.
   *
   * @param attempts how many there were, at least 1
   * @param retryAfter how long the server asks to wait
   * @param random from 0 for the shortest pause of our own to 1 for the longest
   * @return empty if the request is not to be repeated
   */
  public Optional<Duration> pauseAfter(int attempts, Optional<Duration> retryAfter, double random) {
    Duration asked = retryAfter.orElse(Duration.ZERO);
    if (attempts >= maxAttempts || asked.compareTo(maxRetryAfter) > 0) {
      return Optional.empty();
    }
    Duration own = pause(attempts, random);
    return Optional.of(own.compareTo(asked) > 0 ? own : asked);
  }

  /**
   * The pause before a repetition, without what the server asks for.
   *
   * @param repetition 1 for the first
   * @param random 0 to 1
   */
  Duration pause(int repetition, double random) {
    long longest = firstPause.toMillis();
    for (int i = 1; i < repetition && longest < maxPause.toMillis(); i++) {
      longest *= 2;
    }
    longest = Math.min(longest, maxPause.toMillis());
    return Duration.ofMillis(Math.round(longest * (0.5 + random / 2)));
  }
}
