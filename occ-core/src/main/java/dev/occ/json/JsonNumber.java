package dev.occ.json;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A JSON number, kept as it is written.
 *
 * @param literal the number as JSON text; at most {@value #MAX_LITERAL_LENGTH} characters and
 *     within the range of an IEEE 754 double
 */
public record JsonNumber(String literal) implements JsonValue {
  /** The longest literal. */
  public static final int MAX_LITERAL_LENGTH = 1000;

  /** The largest integer that every JSON implementation keeps exactly (RFC 8259 section 6). */
  public static final long MAX_EXACT_INTEGER = (1L << 53) - 1;

  private static final Pattern GRAMMAR =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,15})");

  /**
   * Checks the literal.
   *
   * @param literal JSON text of a number
   * @throws IllegalArgumentException if it is not one, is too long, or not finite as a double
   */
  public JsonNumber {
    if (literal.length() > MAX_LITERAL_LENGTH || !GRAMMAR.matcher(literal).matches()) {
      throw new IllegalArgumentException("not a JSON number");
    }
    if (!Double.isFinite(Double.parseDouble(literal))) {
      throw new IllegalArgumentException("beyond the range of a double");
    }
  }

  /**
   * An integer.
   *
   * @param value at most {@value #MAX_EXACT_INTEGER} in size
   * @return the number
   * @throws IllegalArgumentException beyond that, where a double is not exact
   */
  public static JsonNumber of(long value) {
    if (value > MAX_EXACT_INTEGER || value < -MAX_EXACT_INTEGER) {
      throw new IllegalArgumentException("beyond the exact integers of a double");
    }
    return new JsonNumber(Long.toString(value));
  }

  /**
   * The value as the double nearest to the literal (IEEE 754, ties to even).
   *
   * @return a finite number
   */
  public double doubleValue() {
    return Double.parseDouble(literal);
  }

  /**
   * The value as an integer, if it is written as one and is exact in a double.
   *
   * @return the integer, or empty for a literal with a fraction or an exponent, or beyond {@value
   *     #MAX_EXACT_INTEGER} in size
   */
  public OptionalLong exactInteger() {
    if (!INTEGER.matcher(literal).matches()) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(literal);
    boolean exact = value <= MAX_EXACT_INTEGER && value >= -MAX_EXACT_INTEGER;
    return exact ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** The literal. */
  @Override
  public String toString() {
    return literal;
  }
}
