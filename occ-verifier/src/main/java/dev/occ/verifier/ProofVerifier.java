package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifies proofs offline under an explicit policy, in the order of spec 11. Whatever the input is,
 * the answer is a {@link VerificationResult}, never an exception.
 *
 * <p>Immutable and safe for use by many threads at once; make one and keep it.
 */
@CheckReturnValue
public final class ProofVerifier {
  private final List<VerificationStep> steps;

  private ProofVerifier(VerificationPolicy policy, Clock clock) {
    steps =
        List.of(
            new ArtifactStep(),
            new SignatureStep(),
            new SlotStep(policy),
            new AgencyStep(),
            new EpochLinkStep(),
            new AttestationStep(),
            new PolicyStep(policy, clock));
  }

  /**
   * A verifier that trusts what a policy says and nothing else.
   *
   * @param policy what a proof must fulfil; there is no default one
   * @return the verifier
   */
  public static ProofVerifier create(VerificationPolicy policy) {
    return create(policy, Clock.systemUTC());
  }

  /**
   * A verifier with a clock of the caller's, which is asked only if the policy limits the age of
   * attestations.
   *
   * @param policy what a proof must fulfil
   * @param clock says what now is
   * @return the verifier
   */
  public static ProofVerifier create(VerificationPolicy policy, Clock clock) {
    return new ProofVerifier(policy, Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Verifies a proof by itself; the result says that no artifact was compared.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @return the claims or the reason
   */
  public VerificationResult verify(byte[] proofJson) {
    return read(proofJson, Optional.empty());
  }

  /**
   * Verifies a proof and that it is about an artifact.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @param artifact what the proof should be about
   * @return the claims or the reason
   */
  public VerificationResult verify(byte[] proofJson, ArtifactDigest artifact) {
    return read(proofJson, Optional.of(artifact));
  }

  /**
   * Verifies a proof that was read already; the result says that no artifact was compared.
   *
   * @param proof the proof
   * @return the claims or the reason
   */
  public VerificationResult verify(Proof proof) {
    return run(proof, Optional.empty());
  }

  /**
   * Verifies a proof that was read already, and that it is about an artifact.
   *
   * @param proof the proof
   * @param artifact what the proof should be about
   * @return the claims or the reason
   */
  public VerificationResult verify(Proof proof, ArtifactDigest artifact) {
    return run(proof, Optional.of(artifact));
  }

  /** Spec 11, step 1: structure. */
  private VerificationResult read(byte[] proofJson, Optional<ArtifactDigest> artifact) {
    Proof proof;
    try {
      proof = Proof.read(proofJson);
    } catch (JsonException e) {
      String text = e.getMessage();
      String detail = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
      Check check = new Check(Check.Step.STRUCTURE, Check.Outcome.FAILED, text);
      return new Rejected(
          Rejection.MALFORMED, Optional.of(detail), text, Optional.of(e.pointer()), List.of(check));
    }
    return run(proof, artifact);
  }

  private VerificationResult run(Proof proof, Optional<ArtifactDigest> artifact) {
    VerificationRun run = new VerificationRun(proof, artifact);
    run.checks()
        .add(
            new Check(
                Check.Step.STRUCTURE, Check.Outcome.PASSED, "strict JSON of a proof's structure"));
    if (proof.protocol() == ProtocolName.BITGRAPH) {
      run.historicalForms().add(HistoricalForm.BITGRAPH_NAME);
    }
    for (VerificationStep step : steps) {
      StepOutcome outcome = step.run(run);
      run.checks().add(new Check(step.name(), outcome.outcome(), outcome.text()));
      if (outcome.rejection().isPresent()) {
        return new Rejected(
            outcome.rejection().get(),
            outcome.detail(),
            outcome.text(),
            outcome.pointer(),
            run.checks());
      }
    }
    return new Verified(run);
  }
}
