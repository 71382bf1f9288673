package dev.occ.verifier;

import dev.occ.proof.Commit;
import dev.occ.proof.EpochLink;
import dev.occ.proof.Proof;
import java.util.Optional;

/** Spec 11, step 6: the link to the epoch before, in historical proofs (spec 8). */
final class EpochLinkStep implements VerificationStep {
  @Override
  public Check.Step name() {
    return Check.Step.EPOCH_LINK;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    Proof proof = run.proof();
    Commit commit = proof.commit();
    if (commit.epochLink().isEmpty()) {
      return StepOutcome.absent("the proof links to no other epoch");
    }
    run.historicalForms().add(HistoricalForm.EPOCH_LINK);
    EpochLink link = commit.epochLink().get();
    if (!Optional.of(link.toEpochId()).equals(commit.epochId())
        || !link.toPublicKey().equals(proof.publicKey())) {
      return failed(Rejection.EPOCH_LINK_MISMATCH, "the link leads to another epoch or key");
    }
    if (link.prevEpochId().equals(link.toEpochId())
        || link.prevPublicKey().equals(link.toPublicKey())) {
      return failed(Rejection.EPOCH_LINK_TO_ITSELF, "an epoch cannot follow itself");
    }
    return StepOutcome.passed("the epoch names " + link.prevEpochId() + " as its predecessor");
  }

  private static StepOutcome failed(Rejection reason, String text) {
    return StepOutcome.failed(reason, text).at("/commit/epochLink");
  }
}
