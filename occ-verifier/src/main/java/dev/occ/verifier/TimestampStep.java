package dev.occ.verifier;

import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The timestamps that the caller requires. */
final class TimestampStep implements VerificationStep {
  private final Set<StampedMember> required;

  TimestampStep(Set<StampedMember> required) {
    this.required = new TreeSet<>(required);
  }

  @Override
  public Check.Step name() {
    return Check.Step.TIMESTAMP;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    List<String> found = new ArrayList<>();
    for (StampedMember member : required) {
      TimestampResult result = run.timestamps().get(member);
      if (result == null) {
        return StepOutcome.failed(
            Rejection.TIMESTAMP_MISSING,
            "the proof carries no timestamp on its " + member.code() + ", which is required");
      }
      if (result instanceof TimestampResult.Rejected rejected) {
        return StepOutcome.failed(Rejection.TIMESTAMP_INVALID, rejected.text())
            .withDetail(rejected.reason().code())
            .at("/timestamps/" + member.code());
      }
      Stamped stamped = (Stamped) result;
      found.add(stamped.authority() + " at " + stamped.time() + ": " + member.shows());
    }
    return StepOutcome.passed(String.join("; ", found));
  }
}
