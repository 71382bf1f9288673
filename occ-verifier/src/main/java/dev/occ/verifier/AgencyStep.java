package dev.occ.verifier;

import dev.occ.agency.AgencyException;
import dev.occ.agency.AgencyVerifier;
import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.BatchPosition;
import dev.occ.agency.WebAuthnAssertion;
import dev.occ.proof.Agency;
import dev.occ.proof.Proof;
import dev.occ.verifier.crypto.CryptoProvider;
import java.util.Optional;

/**
 * Spec 11, step 5: who authorized the commit (spec 9), as far as the proof itself shows it. Only
 * the enclave knew whether the challenge was fresh and unused and the time right; it signed the
 * actor into the body for that.
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
    try {
      AuthorizedActor actor =
          verifier.verify(agency.get(), proof.artifactDigest(), proof.protocol());
      run.authorizedBy(actor);
      return StepOutcome.passed(text(actor));
    } catch (AgencyException e) {
      return StepOutcome.failed(Rejection.of(e.reason()), String.valueOf(e.getMessage()))
          .at("/agency" + e.reason().pointer());
    }
  }

  private static String text(AuthorizedActor actor) {
    String who = "key " + actor.keyId() + " of " + actor.provider();
    boolean first = actor.batch().map(BatchPosition::index).orElse(0L) == 0;
    String what = first ? "the artifact" : "the first artifact of the batch";
    String how = actor.webAuthn().map(AgencyStep::answered).orElse(" signed for " + what);
    return who + how + actor.batch().map(AgencyStep::place).orElse("");
  }

  /** A WebAuthn assertion does not cover the artifact, so that is not said. */
  private static String answered(WebAuthnAssertion assertion) {
    return " answered the enclave's challenge by WebAuthn at " + assertion.origin();
  }

  private static String place(BatchPosition batch) {
    return ", batch index " + batch.index() + " of " + batch.size();
  }
}
