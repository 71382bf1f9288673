package dev.occ.verifier;

/** Spec 11, step 7: the attestation (spec 12). */
final class AttestationStep implements VerificationStep {
  @Override
  public Check.Step name() {
    return Check.Step.ATTESTATION;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    return run.proof().environment().attestation().isPresent()
        ? StepOutcome.notChecked("the attestation was not checked: nothing about hardware is shown")
        : StepOutcome.absent("the proof has no attestation: nothing about hardware is shown");
  }
}
