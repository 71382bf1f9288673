package dev.occ.programs.demo;

import java.util.Objects;

/** A step of the demo did not do what it should. */
final class DemoFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  DemoFailedException(String message) {
    super(message);
  }

  /** Ends the demo unless the step did what it should. */
  static void unless(boolean condition, String expectation) throws DemoFailedException {
    if (!condition) {
      throw new DemoFailedException("expected, but not the case: " + expectation);
    }
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
