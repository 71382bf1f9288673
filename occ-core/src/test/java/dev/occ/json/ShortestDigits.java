package dev.occ.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Checks ECMA-262's rule for digits from its definition, with exact arithmetic. */
final class ShortestDigits {
  private ShortestDigits() {}

  static void assertShortest(double value, String text) {
    assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0 : value);
    if (value == 0) {
      return;
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal written = new BigDecimal(text).stripTrailingZeros();
    int digits = written.precision();
    if (digits > 1) {
      // Decimals that read back to a double lie next to it: if any of fewer digits does, so does
      // one of the two next to the exact value.
      assertNotReadBack(value, exact.round(new MathContext(digits - 1, RoundingMode.DOWN)));
      assertNotReadBack(value, exact.round(new MathContext(digits - 1, RoundingMode.UP)));
    }
    BigDecimal closest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    assertThat(exact.subtract(written).abs())
        .as("no decimal of as many digits is closer than %s", text)
        .isLessThanOrEqualTo(exact.subtract(closest).abs());
  }

  private static void assertNotReadBack(double value, BigDecimal shorter) {
    assertThat(Double.parseDouble(shorter.toString()))
        .as("%s is shorter", shorter)
        .isNotEqualTo(value);
  }
}
