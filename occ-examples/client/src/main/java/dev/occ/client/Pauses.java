package dev.occ.client;

import dev.occ.client.OccClientException.Reason;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Decides how long to wait before a repetition, and waits. */
final class Pauses {
  private static final int MAX_SECONDS_DIGITS = 9;

  private final RetryPolicy policy;
  private final Clock clock;
  private final Waiter waiter;
  private final DoubleSupplier random;

  Pauses(RetryPolicy policy, Clock clock, Waiter waiter, DoubleSupplier random) {
    this.policy = policy;
    this.clock = clock;
    this.waiter = waiter;
    this.random = random;
  }

  /**
   * The pause after a failed attempt.
   *
   * @param attempts how many there were
   * @param retryAfter how long the server asks to wait
   * @return empty if the request is not to be repeated
   */
  Optional<Duration> next(int attempts, Optional<Duration> retryAfter) {
    return policy.pauseAfter(attempts, retryAfter, random.getAsDouble());
  }

  /** Waits; false if the caller wants no further attempt. */
  boolean await(Duration pause) throws OccClientException {
    try {
      return waiter.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OccClientException.because(Reason.INTERRUPTED, "the thread was interrupted")
          .cause(e)
          .build();
    }
  }

  /** RFC 9110 section 10.2.3: seconds or a date; anything else is as if it were not there. */
  Optional<Duration> retryAfter(HttpHeaders headers) {
    Optional<String> header = headers.firstValue("Retry-After");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String text = header.get();
    if (!text.isEmpty()
        && text.length() <= MAX_SECONDS_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(clock.instant(), when);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
