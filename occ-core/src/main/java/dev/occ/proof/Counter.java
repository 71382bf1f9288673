package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;

/**
 * A place on a chain: an unsigned 64-bit integer, in JSON a decimal string (spec 1).
 *
 * @param bits the 64 bits, to be read as unsigned
 */
@CheckReturnValue
public record Counter(long bits) implements Comparable<Counter> {
  /** The counter before the first slot of an epoch. */
  public static final Counter ZERO = new Counter(0);

  /** The last counter, 2^64-1. */
  public static final Counter MAX = new Counter(-1);

  private static final int MAX_DIGITS = 20;

  /**
   * A small counter.
   *
   * @param value zero or more
   * @return the counter
   * @throws IllegalArgumentException if the value is negative
   */
  public static Counter of(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a counter is not negative");
    }
    return new Counter(value);
  }

  /**
   * Reads a counter.
   *
   * @param text ASCII digits, no sign, no leading zero unless the value is {@code 0}, at most
   *     2^64-1
   * @return the counter
   * @throws JsonException with {@link JsonException.Reason#INVALID_COUNTER} for any other text
   */
  public static Counter parse(String text) throws JsonException {
    boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || (text.length() > 1 && text.charAt(0) == '0')) {
      throw notCounter();
    }
    try {
      return new Counter(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      throw notCounter(); // the only thing left is more than 2^64-1
    }
  }

  private static JsonException notCounter() {
    return new JsonException(
        JsonException.Reason.INVALID_COUNTER, "", "is not a decimal counter up to 2^64-1");
  }

  /** Compares as unsigned integers. */
  @Override
  public int compareTo(Counter other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  /** The decimal digits, as they stand in JSON. */
  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
