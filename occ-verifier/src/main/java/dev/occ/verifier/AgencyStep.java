package dev.occ.verifier;

/**
 * Spec 11, step 5: who authorised the commit. The authorisation is not checked yet: the result says
 * so, and a policy that asks about the actor rejects the proof.
 */
final class AgencyStep implements VerificationStep {
  @Override
  public Check.Step name() {
    return Check.Step.AGENCY;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    return run.proof().agency().isPresent()
        ? StepOutcome.notChecked("the proof names an actor, whose authorisation was not checked")
        : StepOutcome.absent("nobody's authorisation is part of the proof");
  }
}
