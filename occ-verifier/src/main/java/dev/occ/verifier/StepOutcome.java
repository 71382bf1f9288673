package dev.occ.verifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one step ended; a rejection is present exactly when it failed. */
final class StepOutcome {
  private final Check.Outcome outcome;
  private final String text;
  private final @Nullable Rejection rejection;
  private final @Nullable String detail;
  private final @Nullable String pointer;

  private StepOutcome(
      Check.Outcome outcome,
      String text,
      @Nullable Rejection rejection,
      @Nullable String detail,
      @Nullable String pointer) {
    this.outcome = outcome;
    this.text = text;
    this.rejection = rejection;
    this.detail = detail;
    this.pointer = pointer;
  }

  static StepOutcome passed(String text) {
    return of(Check.Outcome.PASSED, text, null);
  }

  static StepOutcome notChecked(String text) {
    return of(Check.Outcome.NOT_CHECKED, text, null);
  }

  static StepOutcome absent(String text) {
    return of(Check.Outcome.ABSENT, text, null);
  }

  static StepOutcome failed(Rejection rejection, String text) {
    return of(Check.Outcome.FAILED, text, rejection);
  }

  StepOutcome withDetail(String code) {
    return new StepOutcome(outcome, text, rejection, code, pointer);
  }

  StepOutcome at(String place) {
    return new StepOutcome(outcome, text, rejection, detail, place);
  }

  Check.Outcome outcome() {
    return outcome;
  }

  String text() {
    return text;
  }

  Optional<Rejection> rejection() {
    return Optional.ofNullable(rejection);
  }

  Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  Optional<String> pointer() {
    return Optional.ofNullable(pointer);
  }

  private static StepOutcome of(Check.Outcome outcome, String text, @Nullable Rejection rejection) {
    return new StepOutcome(outcome, text, rejection, null, null);
  }
}
