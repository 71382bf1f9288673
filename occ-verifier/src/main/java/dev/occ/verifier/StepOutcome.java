package dev.occ.verifier;

import java.util.Optional;

/** How one step ended; a rejection is present exactly when it failed. */
record StepOutcome(
    Check.Outcome outcome,
    String text,
    Optional<Rejection> rejection,
    Optional<String> detail,
    Optional<String> pointer) {

  static StepOutcome passed(String text) {
    return of(Check.Outcome.PASSED, text);
  }

  static StepOutcome notChecked(String text) {
    return of(Check.Outcome.NOT_CHECKED, text);
  }

  static StepOutcome absent(String text) {
    return of(Check.Outcome.ABSENT, text);
  }

  static StepOutcome failed(Rejection rejection, String text) {
    return new StepOutcome(
        Check.Outcome.FAILED, text, Optional.of(rejection), Optional.empty(), Optional.empty());
  }

  StepOutcome withDetail(String code) {
    return new StepOutcome(outcome, text, rejection, Optional.of(code), pointer);
  }

  StepOutcome at(String place) {
    return new StepOutcome(outcome, text, rejection, detail, Optional.of(place));
  }

  private static StepOutcome of(Check.Outcome outcome, String text) {
    return new StepOutcome(outcome, text, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
