package dev.occ.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/** Checks of what options are set to, for the builders of this module. */
@CheckReturnValue
public final class OptionRanges {
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private OptionRanges() {}

  /** The value, if it is one from {@code min} to {@code max}. */
  public static int inRange(int value, int min, int max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max);
    }
    return value;
  }

  /** The value, if it is at least {@code min}. */
  public static int atLeast(int value, int min, String name) {
    return inRange(value, min, Integer.MAX_VALUE, name);
  }

  /** The duration, if it is from one millisecond to one hour. */
  public static Duration timeout(Duration value, String name) {
    if (value.compareTo(MIN_TIMEOUT) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(name + " must be 1 ms to 1 h");
    }
    return value;
  }
}
