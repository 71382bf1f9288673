package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Short ways to ask a result what a test wants to know. */
final class Outcomes {
  private Outcomes() {}

  static ValidProof verified(VerificationResult result) {
    assertThat(result).as("result: %s", result).isInstanceOf(ValidProof.class);
    return (ValidProof) result;
  }

  static Rejected rejected(VerificationResult result, Rejection reason) {
    assertThat(result).as("result: %s", result).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) result;
    assertThat(rejected.reason()).as("%s", rejected).isEqualTo(reason);
    return rejected;
  }

  static Check.Outcome outcome(VerificationResult result, Check.Step step) {
    List<Check> checks = result.checks().stream().filter(c -> c.step() == step).toList();
    assertThat(checks).as("checks of step %s", step).hasSize(1);
    return checks.get(0).outcome();
  }
}
