package dev.occ.verifier;

import dev.occ.agency.AgencyException;
import dev.occ.agency.AgencyRejection;
import dev.occ.agency.AgencyVerifier;
import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.BatchPosition;
import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.Intent;
import dev.occ.proof.Agency;
import dev.occ.proof.Proof;
import dev.occ.verifier.crypto.CryptoProvider;
import java.util.Optional;

/**
 * Spec 11, step 5: who authorized the commit (spec 9), as far as the proof itself shows it, and
 * with an intent that the actor authorized what the proof says. Only the enclave knew whether the
 * challenge was fresh and unused and the time right; it signed the actor into the body for that.
 */
final class AgencyStep implements VerificationStep {
  private final AgencyVerifier verifier;

  /** The step; who computes its signature checks is the caller's choice. */
  AgencyStep(CryptoProvider crypto) {
    this.verifier = AgencyVerifier.create(crypto.es256());
  }

  @Override
  public Check.Step name() {
    return Check.Step.AGENCY;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    Proof proof = run.proof();
    Optional<Agency> agency = proof.agency();
    if (agency.isEmpty()) {
      return StepOutcome.absent("the proof carries no authorization");
    }
    Optional<Intent> intent = Intent.of(proof);
    boolean statesIntent = agency.get().intentNonce().isPresent();
    if (statesIntent && intent.isEmpty()) {
      return StepOutcome.failed(
              Rejection.AGENCY_INTENT_MISMATCH, "an intent names an epoch, and the proof has none")
          .at("/agency" + AgencyRejection.INTENT_MISMATCH.pointer());
    }
    try {
      AuthorizedActor actor =
          statesIntent
              ? verifier.verify(
                  agency.get(), proof.artifactDigest(), proof.protocol(), intent.get())
              : verifier.verify(agency.get(), proof.artifactDigest(), proof.protocol());
      run.authorizedBy(actor);
      return StepOutcome.passed(text(actor));
    } catch (AgencyException e) {
      return StepOutcome.failed(Rejection.of(e.reason()), String.valueOf(e.getMessage()))
          .at("/agency" + e.reason().pointer());
    }
  }

  private static String text(AuthorizedActor actor) {
    String who = "key " + actor.keyId() + " of " + actor.provider();
    String where =
        actor.webAuthn().map(webAuthn -> " by WebAuthn at " + webAuthn.origin()).orElse("");
    String place = actor.batch().map(AgencyStep::place).orElse("");
    return who + " " + what(actor) + where + place;
  }

  /** A WebAuthn assertion without an intent does not cover the artifact, so that is not said. */
  private static String what(AuthorizedActor actor) {
    if (actor.coverage() == Coverage.EVERYTHING) {
      return "authorized what the proof says, artifact included (intent)";
    }
    if (actor.webAuthn().isPresent()) {
      return "answered the enclave's challenge";
    }
    return actor.coverage() == Coverage.DIGEST
        ? "signed for the artifact"
        : "signed for the first artifact of the batch";
  }

  private static String place(BatchPosition batch) {
    return ", batch index " + batch.index() + " of " + batch.size();
  }
}
