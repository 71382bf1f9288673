package dev.occ.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.core.io.NumberOutput;

/**
 * Numbers as ECMAScript's {@code Number::toString} writes them (ECMA-262 section 6.1.6.1.20, which
 * RFC 8785 section 3.2.2.3 refers to).
 */
final class EcmaScriptNumber {
  /** Up to this exponent (inclusive) numbers are written without one. */
  private static final int MAX_POSITIONAL_EXPONENT = 21;

  /** Above this exponent (exclusive) small numbers are written without one. */
  private static final int MIN_POSITIONAL_EXPONENT = -6;

  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

  private EcmaScriptNumber() {}

  static String toString(double value) {
    if (Math.abs(value) <= JsonNumber.MAX_EXACT_INTEGER && value == Math.rint(value)) {
      return Long.toString((long) value); // also what turns -0 into 0
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    // The value is 0.digits times ten to the power of n.
    int n = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + format(digits, n);
  }

  /** The decimal of fewest digits that reads back to the double; of those, the closest to it. */
  private static BigDecimal shortest(double value) {
    // Double.toString gives the shortest digits only since JDK 19, Jackson's writer on every JDK.
    BigDecimal decimal = new BigDecimal(NumberOutput.toString(value, true));
    // Both have one exception: of two digits, where one would do, they take the closer two. It
    // matters for the smallest subnormals alone: 4.9E-324, which ECMAScript writes as 5e-324.
    BigDecimal one = decimal.round(ONE_DIGIT);
    return Double.parseDouble(one.toString()) == value ? one : decimal;
  }

  private static String format(String digits, int n) {
    int count = digits.length();
    if (count <= n && n <= MAX_POSITIONAL_EXPONENT) {
      return digits + "0".repeat(n - count);
    }
    if (0 < n && n <= MAX_POSITIONAL_EXPONENT) {
      return digits.substring(0, n) + "." + digits.substring(n);
    }
    if (MIN_POSITIONAL_EXPONENT < n && n <= 0) {
      return "0." + "0".repeat(-n) + digits;
    }
    String exponent = (n - 1 < 0 ? "e-" : "e+") + Math.abs(n - 1);
    return count == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
  }
}
