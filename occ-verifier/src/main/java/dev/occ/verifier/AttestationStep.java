package dev.occ.verifier;

import dev.occ.proof.Bytes;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Proof;
import dev.occ.verifier.ReportVerifier.Genuine;
import dev.occ.verifier.ReportVerifier.NotGenuine;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spec 11, step 7: the attestation, and that it is about this proof (spec 12). */
final class AttestationStep implements VerificationStep {
  private static final String REPORT = "/environment/attestation/reportB64";

  private final VerificationPolicy policy;
  private final Map<String, ReportVerifier> formats;
  private final @Nullable Instant judgedAt;

  /**
   * The step.
   *
   * @param formats the formats that can be checked, by the names that proofs give them
   * @param judgedAt when certificates must be valid; null for each report's own time
   */
  AttestationStep(
      VerificationPolicy policy, Map<String, ReportVerifier> formats, @Nullable Instant judgedAt) {
    this.policy = policy;
    this.formats = Map.copyOf(formats);
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
    if (policy.has(Rule.SKIP_ATTESTATION)) {
      return StepOutcome.notChecked(
          "the policy asks for integrity only: nothing about hardware is shown");
    }
    String format = attestation.get().format();
    ReportVerifier verifier = formats.get(format);
    if (verifier == null) {
      return StepOutcome.notChecked(
          "no root is pinned for format " + format + ": nothing about hardware is shown");
    }
    ReportVerifier.Outcome outcome =
        verifier.verify(attestation.get().report().toByteArray(), judgedAt);
    return outcome instanceof NotGenuine refused
        ? StepOutcome.failed(Rejection.ATTESTATION_INVALID, refused.text())
            .withDetail(refused.reason())
            .at(REPORT)
        : bound(run, (Genuine) outcome);
  }

  private StepOutcome bound(VerificationRun run, Genuine genuine) {
    String measured = genuine.measurement().name();
    if (!run.proof().environment().measurement().equals(genuine.measurement().value())) {
      return StepOutcome.failed(
              Rejection.ATTESTATION_MEASUREMENT_MISMATCH,
              "the attestation's " + measured + " is not the proof's measurement")
          .at("/environment/measurement");
    }
    Optional<StepOutcome> failure = boundDataDiffers(run, genuine.boundData());
    if (failure.isPresent()) {
      return failure.get();
    }
    AttestedFacts facts = genuine.facts();
    run.attestedBy(facts);
    return StepOutcome.passed(
        (facts.isAwsRoot() ? "AWS" : "the authority that the caller pinned")
            + " attests that code with this "
            + measured
            + " made exactly this proof at "
            + facts.time()
            + (facts.isDebug() ? ", in a debug enclave" : ""));
  }

  private Optional<StepOutcome> boundDataDiffers(VerificationRun run, @Nullable Bytes boundData) {
    if (Objects.equals(run.proofHash(), boundData)) {
      return Optional.empty();
    }
    Proof proof = run.proof();
    if (!Objects.equals(proof.historicalUserData(), boundData)) {
      return failed(
          Rejection.ATTESTATION_USER_DATA_MISMATCH, "the attestation was made for another proof");
    }
    if (!policy.has(Rule.HISTORICAL)) {
      return failed(
          Rejection.ATTESTATION_USER_DATA_HISTORICAL,
          "the attestation's user data leaves out the attestation format, as before 2026-03-31;"
              + " the historical mode accepts that");
    }
    run.historicalForms().add(HistoricalForm.USER_DATA_WITHOUT_FORMAT);
    return Optional.empty();
  }

  private static Optional<StepOutcome> failed(Rejection reason, String text) {
    return Optional.of(StepOutcome.failed(reason, text).at(REPORT));
  }
}
