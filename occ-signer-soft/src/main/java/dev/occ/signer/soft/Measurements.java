package dev.occ.signer.soft;

import java.util.Objects;
import java.util.regex.Pattern;

/** What may be stated as a measurement: text that every proof can carry. */
final class Measurements {
  /** The most UTF-16 units of a measurement; Nitro's have 96. */
  static final int MAX_LENGTH = 256;

  private static final Pattern PCR = Pattern.compile("[0-9a-f]{96}");

  private Measurements() {}

  /** The text itself, if a proof can carry it. */
  static String requireValid(String measurement) {
    Objects.requireNonNull(measurement, "measurement");
    if (measurement.isEmpty() || measurement.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a measurement has 1 to " + MAX_LENGTH + " characters, not " + measurement.length());
    }
    // A lone surrogate has no UTF-8 form, so no reader would take the proof (spec 1).
    if (measurement.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new IllegalArgumentException("a measurement is well-formed Unicode");
    }
    return measurement;
  }

  /** The text itself, if it is the lower-case hex of a SHA-384, as PCR0 is. */
  static String requirePcr(String measurement) {
    if (!PCR.matcher(measurement).matches()) {
      throw new IllegalArgumentException(
          "with an authority the measurement is PCR0: 96 lower-case hex digits");
    }
    return measurement;
  }
}
