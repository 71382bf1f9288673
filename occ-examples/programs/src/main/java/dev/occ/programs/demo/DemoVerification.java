package dev.occ.programs.demo;

import static dev.occ.programs.demo.DemoFailedException.unless;

import dev.occ.epoch.Epoch;
import dev.occ.programs.kit.Screen;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.Check;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** The demo's verification: reads the written proof back, and says what it shows and what not. */
final class DemoVerification {
  /** What a software signer's proof can fulfil: everything but hardware. */
  static final VerificationPolicy POLICY =
      VerificationPolicy.integrityOnly().toBuilder().requireSlot().requireEpochId().build();

  private static final VerificationPolicy HARDWARE =
      VerificationPolicy.builder()
          .requireEnforcement(EnforcementTier.MEASURED_TEE)
          .requireAttestation()
          .build();

  private final Screen screen;
  private final DemoFiles files;

  DemoVerification(Screen screen, DemoFiles files) {
    this.screen = screen;
    this.files = files;
  }

  void run(ArtifactDigest artifact, Epoch epoch) throws DemoFailedException, IOException {
    screen.heading("3. Verify the written proof, offline");
    byte[] document = Files.readAllBytes(files.proof());
    VerificationResult result = ProofVerifier.create(POLICY).verify(document, artifact);
    for (Check check : result.checks()) {
      if (check.outcome() == Check.Outcome.PASSED) {
        screen.ok(check.step().code() + ": " + check.text());
      }
    }
    if (!(result instanceof ValidProof verified)) {
      throw new DemoFailedException("the proof just made does not verify: " + result);
    }
    unless(verified.artifactDigest().equals(artifact.digest()), "the proof is about this file");
    unless(verified.artifactCompared(), "the artifact was compared");
    unless(verified.slotChecked(), "the slot was checked");
    unless(verified.publicKey().equals(epoch.publicKey()), "the epoch's key signed");
    unless(verified.epochId().equals(Optional.of(epoch.id())), "the proof names its epoch");
    explain(verified);
    refuseWithoutHardware(document, artifact);
  }

  private void explain(ValidProof verified) throws DemoFailedException {
    screen.text("Proven:");
    screen.ok("one key bound exactly these bytes to one slot that holds nothing about them");
    screen.ok("its place: number 2 on its chain, in this epoch");
    screen.text("Not proven:");
    unless(verified.attested().isEmpty(), "nothing is attested");
    screen.caution("where the key is kept: a software signer shows nothing about hardware,");
    screen.caution("so the holder of the key vouches that the slot came first");
    screen.caution("who holds the key, and the time");
    if (!verified.unsignedMembers().isEmpty()) {
      screen.caution("members outside the signature: " + verified.unsignedMembers());
    }
  }

  private void refuseWithoutHardware(byte[] document, ArtifactDigest artifact)
      throws DemoFailedException {
    VerificationResult result = ProofVerifier.create(HARDWARE).verify(document, artifact);
    unless(
        result instanceof Rejected rejected && rejected.reason() == Rejection.POLICY_ENFORCEMENT,
        "a policy that asks for a measured enclave refuses the software signer");
    screen.refused(
        "under a policy that requires a measured enclave: " + Rejection.POLICY_ENFORCEMENT.code());
  }
}
