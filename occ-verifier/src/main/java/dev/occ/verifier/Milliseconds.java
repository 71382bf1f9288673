package dev.occ.verifier;

import dev.occ.json.JsonNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Brings times to what a policy document can hold, whole milliseconds from 0 to 2^53-1, without
 * requiring less: times in proofs are whole milliseconds too.
 */
final class Milliseconds {
  private static final Instant LAST = Instant.ofEpochMilli(JsonNumber.MAX_EXACT_INTEGER);
  private static final Duration LONGEST = Duration.ofMillis(JsonNumber.MAX_EXACT_INTEGER);

  private Milliseconds() {}

  static Instant roundedUp(Instant time) {
    Instant down = roundedDown(time);
    return down.equals(time) ? down : down.plusMillis(1);
  }

  static Instant roundedDown(Instant time) {
    return requireInRange(time).truncatedTo(ChronoUnit.MILLIS);
  }

  static Duration roundedDown(Duration age) {
    if (age.isNegative() || age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("an age is from 0 to 2^53-1 milliseconds");
    }
    return age.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant requireInRange(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("a time is from 0 to 2^53-1 milliseconds after 1970");
    }
    return time;
  }
}
