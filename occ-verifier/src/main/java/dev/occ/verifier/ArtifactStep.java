package dev.occ.verifier;

/** Spec 11, step 2: the artifact's digest. */
final class ArtifactStep implements VerificationStep {
  @Override
  public Check.Step name() {
    return Check.Step.ARTIFACT;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    if (run.artifact().isEmpty()) {
      return StepOutcome.notChecked("no artifact was given to compare with");
    }
    // Bytes compares in constant time.
    if (!run.artifact().get().digest().equals(run.proof().artifactDigest())) {
      return StepOutcome.failed(
          Rejection.ARTIFACT_MISMATCH, "the proof is about another artifact than the one given");
    }
    return StepOutcome.passed("the proof is about the artifact given");
  }
}
