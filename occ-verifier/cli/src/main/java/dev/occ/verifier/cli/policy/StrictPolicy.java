package dev.occ.verifier.cli.policy;

import dev.occ.cli.UnusableInputException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.AttestedFacts;
import dev.occ.verifier.Check;
import dev.occ.verifier.FloorFacts;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Requires of other proofs what one verified proof has shown. PCR1 and PCR2 are not required: they
 * would refuse the next image in spite of its place among the allowed measurements. PCR0 does not
 * cover them: images that divide the same bytes differently between their ramdisks have one PCR0.
 */
final class StrictPolicy {
  /** The image's signing certificate; zero for an image that is not signed. */
  private static final int SIGNER_REGISTER = 8;

  /** The parent instance's IAM role. */
  private static final int ROLE_REGISTER = 3;

  /** The parent instance's id. */
  private static final int INSTANCE_REGISTER = 4;

  /** What to require besides code and tier, as the user chose. */
  record Pins(boolean key, boolean epoch, boolean role, boolean instance) {}

  private StrictPolicy() {}

  /** Whether the proof has an attestation of which nothing is known. */
  static boolean hasUncheckedAttestation(ValidProof verified) {
    for (Check check : verified.checks()) {
      if (check.step() == Check.Step.ATTESTATION) {
        return check.outcome() == Check.Outcome.NOT_CHECKED;
      }
    }
    return false;
  }

  static VerificationPolicy of(ValidProof verified, Pins pins) throws UnusableInputException {
    VerificationPolicy.Builder policy =
        VerificationPolicy.builder()
            .requireEnforcement(verified.enforcement())
            .allowedMeasurements(List.of(verified.measurement()));
    if (verified.slotChecked()) {
      policy.requireSlot();
    }
    if (verified.floor().isPresent() && !hasFloorByAnchor(verified)) {
      policy.requireFloor();
    }
    if (verified.epochId().isPresent()) {
      policy.requireEpochId();
    }
    verified.attested().ifPresent(facts -> requireAttested(policy, facts));
    if (pins.role()) {
      policy.requirePcr(ROLE_REGISTER, register(verified, ROLE_REGISTER, "--pin-role"));
    }
    if (pins.instance()) {
      policy.requirePcr(INSTANCE_REGISTER, register(verified, INSTANCE_REGISTER, "--pin-instance"));
    }
    if (pins.key()) {
      policy.allowedPublicKeys(List.of(verified.publicKey()));
    }
    if (pins.epoch()) {
      policy.allowedEpochIds(
          List.of(
              verified
                  .epochId()
                  .orElseThrow(
                      () -> new UnusableInputException("--pin-epoch: the proof has no epoch"))));
    }
    return policy.build();
  }

  /** Such a floor is no model: what an epoch makes before its first anchor has none. */
  static boolean hasFloorByAnchor(ValidProof verified) {
    return verified.floor().flatMap(FloorFacts::anchorCounter).isPresent();
  }

  private static void requireAttested(VerificationPolicy.Builder policy, AttestedFacts facts) {
    policy.requireAttestation().requireAttestationFormat(facts.format());
    Bytes signer = facts.pcrs().get(SIGNER_REGISTER);
    if (signer != null && !signer.isAllZero()) {
      policy.requirePcr(SIGNER_REGISTER, signer);
    }
  }

  /** A register that the attestation has, and that says something. */
  private static Bytes register(ValidProof verified, int index, String option)
      throws UnusableInputException {
    return verified
        .attested()
        .flatMap(facts -> Optional.ofNullable(facts.pcrs().get(index)))
        .filter(value -> !value.isAllZero())
        .orElseThrow(
            () ->
                new UnusableInputException(
                    option + ": the proof has no attestation with a PCR" + index));
  }
}
