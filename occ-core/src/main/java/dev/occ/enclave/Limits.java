package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/** Checks of what options are set to. */
@CheckReturnValue
final class Limits {
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private Limits() {}

  static int inRange(int value, int min, int max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max);
    }
    return value;
  }

  static Duration timeout(Duration value, String name) {
    if (value.compareTo(MIN_TIMEOUT) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(name + " must be 1 ms to 1 h");
    }
    return value;
  }
}
