package dev.occ.verifier.cli.policy;

import dev.occ.cli.UnusableInputException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.AttestedFacts;
import dev.occ.verifier.Check;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.Verified;
import java.util.List;

/**
 * Requires of other proofs what one verified proof has shown. PCR1 and PCR2 are parts of the image
 * that PCR0 measures as a whole: to require them too would show nothing more, and would refuse the
 * next image in spite of its place among the allowed measurements.
 */
final class StrictPolicy {
  /** The image's signing certificate; zero for an image that is not signed. */
  private static final int SIGNER_REGISTER = 8;

  private StrictPolicy() {}

  /** Whether the proof has an attestation of which nothing is known. */
  static boolean hasUncheckedAttestation(Verified verified) {
    for (Check check : verified.checks()) {
      if (check.step() == Check.Step.ATTESTATION) {
        return check.outcome() == Check.Outcome.NOT_CHECKED;
      }
    }
    return false;
  }

  static VerificationPolicy of(Verified verified, boolean pinKey, boolean pinEpoch)
      throws UnusableInputException {
    VerificationPolicy.Builder policy =
        VerificationPolicy.builder()
            .requireEnforcement(verified.enforcement())
            .allowedMeasurements(List.of(verified.measurement()));
    if (verified.slotChecked()) {
      policy.requireSlot();
    }
    if (verified.epochId().isPresent()) {
      policy.requireEpochId();
    }
    verified.attested().ifPresent(facts -> requireAttested(policy, facts));
    if (pinKey) {
      policy.allowedPublicKeys(List.of(verified.publicKey()));
    }
    if (pinEpoch) {
      policy.allowedEpochIds(
          List.of(
              verified
                  .epochId()
                  .orElseThrow(
                      () -> new UnusableInputException("--pin-epoch: the proof names no epoch"))));
    }
    return policy.build();
  }

  private static void requireAttested(VerificationPolicy.Builder policy, AttestedFacts facts) {
    policy.requireAttestation().requireAttestationFormat(facts.format());
    Bytes signer = facts.pcrs().get(SIGNER_REGISTER);
    if (signer != null && !signer.isAllZero()) {
      policy.requirePcr(SIGNER_REGISTER, signer);
    }
  }
}
