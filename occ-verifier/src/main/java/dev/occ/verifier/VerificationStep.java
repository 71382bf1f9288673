package dev.occ.verifier;

/** One clause of spec 11. Implementations are immutable; what a run finds goes into the run. */
interface VerificationStep {
  Check.Step name();

  StepOutcome run(VerificationRun run);
}
