package dev.occ.json;

import tools.jackson.core.io.NumberOutput;

/**
 * Numbers as ECMAScript's {@code Number::toString} writes them (ECMA-262 section 6.1.6.1.20, which
 * RFC 8785 section 3.2.2.3 refers to).
 */
final class EcmaScriptNumber {
  /** Up to this exponent (exclusive) numbers are written without one. */
  private static final int MAX_POSITIONAL_EXPONENT = 21;

  /** Above this exponent (exclusive) small numbers are written without one. */
  private static final int MIN_POSITIONAL_EXPONENT = -6;

  private EcmaScriptNumber() {}

  static String toString(double value) {
    if (Math.abs(value) <= JsonNumber.MAX_EXACT_INTEGER && value == Math.rint(value)) {
      return Long.toString((long) value); // also what turns -0 into 0
    }
    // The shortest digits that read back to the same double; Double.toString gives them only since
    // JDK 19, so they come from Jackson's writer, which gives them on every JDK.
    String java = NumberOutput.toString(Math.abs(value), true);
    int exponentMark = java.indexOf('E');
    String mantissa = exponentMark < 0 ? java : java.substring(0, exponentMark);
    int exponent = exponentMark < 0 ? 0 : Integer.parseInt(java.substring(exponentMark + 1));
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int start = 0;
    while (digits.charAt(start) == '0') {
      start++;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    // The value is 0.digits times ten to the power of n.
    int n = point + exponent - start;
    return (value < 0 ? "-" : "") + format(digits.substring(start, end), n);
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
