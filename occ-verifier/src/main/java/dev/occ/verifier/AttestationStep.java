package dev.occ.verifier;

import dev.occ.proof.Bytes;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Proof;
import dev.occ.verifier.attestation.AttestationResult;
import dev.occ.verifier.attestation.AttestationResult.Refused;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.attestation.AttestationVerifier;
import dev.occ.verifier.attestation.NitroAttestation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Spec 11, step 7: the attestation, and that it is about this proof (spec 12). */
final class AttestationStep implements VerificationStep {
  private final VerificationPolicy policy;
  private final Map<String, AttestationVerifier> verifiers;
  private final Optional<Instant> judgedAt;

  AttestationStep(
      VerificationPolicy policy,
      Map<String, AttestationVerifier> verifiers,
      Optional<Instant> judgedAt) {
    this.policy = policy;
    this.verifiers = Map.copyOf(verifiers);
    this.judgedAt = judgedAt;
  }

  @Override
  public Check.Step name() {
    return Check.Step.ATTESTATION;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    Optional<Attestation> attestation = run.proof().environment().attestation();
    if (attestation.isEmpty()) {
      return StepOutcome.absent("the proof has no attestation: nothing about hardware is shown");
    }
    if (policy.skipAttestation()) {
      return StepOutcome.notChecked(
          "the policy asks for integrity only: nothing about hardware is shown");
    }
    String format = attestation.get().format();
    AttestationVerifier verifier = verifiers.get(format);
    if (verifier == null) {
      return StepOutcome.notChecked(
          "no root is pinned for format " + format + ": nothing about hardware is shown");
    }
    byte[] report = attestation.get().report().toByteArray();
    AttestationResult result =
        judgedAt.isPresent() ? verifier.verify(report, judgedAt.get()) : verifier.verify(report);
    if (result instanceof Refused refused) {
      return StepOutcome.failed(Rejection.ATTESTATION_INVALID, refused.problem())
          .withDetail(refused.reason().code())
          .at("/environment/attestation/reportB64");
    }
    return bound(run, new AttestedFacts(format, (Trusted) result), (Trusted) result);
  }

  private StepOutcome bound(VerificationRun run, AttestedFacts facts, Trusted trusted) {
    NitroAttestation document = trusted.document();
    Bytes pcr0 = document.pcrs().get(0);
    if (pcr0 == null || !pcr0.toHex().equals(run.proof().environment().measurement())) {
      return StepOutcome.failed(
              Rejection.ATTESTATION_MEASUREMENT_MISMATCH,
              "the attestation's PCR0 is not the proof's measurement")
          .at("/environment/measurement");
    }
    Optional<StepOutcome> failure = userDataDiffers(run, document);
    if (failure.isPresent()) {
      return failure.get();
    }
    run.attestedBy(facts);
    return StepOutcome.passed(
        (facts.isAwsRoot() ? "AWS" : "the authority that the caller pinned")
            + " attests that code with this PCR0 made exactly this proof at "
            + facts.time()
            + (facts.isDebug() ? ", in a debug enclave" : ""));
  }

  private Optional<StepOutcome> userDataDiffers(VerificationRun run, NitroAttestation document) {
    Optional<Bytes> userData = document.userData();
    if (userData.equals(Optional.of(run.proofHash()))) {
      return Optional.empty();
    }
    Proof proof = run.proof();
    if (!userData.equals(Optional.of(proof.historicalUserData()))) {
      return failed(
          Rejection.ATTESTATION_USER_DATA_MISMATCH, "the attestation was made for another proof");
    }
    if (!policy.historical()) {
      return failed(
          Rejection.ATTESTATION_USER_DATA_HISTORICAL,
          "the attestation's user data leaves out the attestation format, as before 2026-03-31;"
              + " allowed in historical mode");
    }
    run.historicalForms().add(HistoricalForm.USER_DATA_WITHOUT_FORMAT);
    return Optional.empty();
  }

  private static Optional<StepOutcome> failed(Rejection reason, String text) {
    return Optional.of(StepOutcome.failed(reason, text).at("/environment/attestation/reportB64"));
  }
}
