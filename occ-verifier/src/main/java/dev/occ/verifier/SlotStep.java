package dev.occ.verifier;

import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.SlotAllocation;
import java.util.List;
import java.util.Optional;

/** Spec 11, step 4: the slot, its own signature, and that the commit consumed this one (spec 5). */
final class SlotStep implements VerificationStep {
  private static final List<String> ARTIFACT_MEMBERS = List.of("artifact", "digestB64", "hashAlg");

  private final boolean historical;

  SlotStep(VerificationPolicy policy) {
    this.historical = policy.has(Rule.HISTORICAL);
  }

  @Override
  public Check.Step name() {
    return Check.Step.SLOT;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    Commit commit = run.proof().commit();
    if (run.proof().slotAllocation().isEmpty()) {
      boolean named =
          commit.slotCounter().isPresent()
              || commit.slotHash().isPresent()
              || commit.slotAnchor().isPresent()
              || commit.slotFloor().isPresent();
      return named
          ? failed(Rejection.SLOT_MISSING, "the commit names a slot that the proof lacks", "")
          : StepOutcome.absent("the proof has no slot");
    }
    SlotAllocation slot = run.proof().slotAllocation().get();
    if (slot.time().isPresent()) {
      run.historicalForms().add(HistoricalForm.TIME);
    }
    byte[] signedBytes = slot.signedBytes();
    return holdsArtifact(slot)
        .or(() -> differsFromCommit(run, slot, commit))
        .or(() -> misplaced(slot, commit))
        .or(() -> anchorMisplaced(slot, commit))
        .or(() -> hashDiffers(run, slot, signedBytes, commit))
        .or(() -> notSigned(run, slot, signedBytes))
        .orElseGet(
            () ->
                StepOutcome.passed(
                    "the key signed slot "
                        + slot.counter()
                        + ", which holds nothing of the artifact and stands before the commit"));
  }

  private static Optional<StepOutcome> holdsArtifact(SlotAllocation slot) {
    return ARTIFACT_MEMBERS.stream()
        .filter(slot.json()::has)
        .findFirst()
        .map(
            name ->
                failed(
                    Rejection.SLOT_HOLDS_ARTIFACT, "a slot cannot know the artifact", "/" + name));
  }

  private static Optional<StepOutcome> differsFromCommit(
      VerificationRun run, SlotAllocation slot, Commit commit) {
    if (!slot.nonce().equals(commit.nonce())) {
      return differs(Rejection.SLOT_NONCE_MISMATCH, "nonce", "/nonceB64");
    }
    if (!Optional.of(slot.epochId()).equals(commit.epochId())) {
      return differs(Rejection.SLOT_EPOCH_MISMATCH, "epoch", "/epochId");
    }
    if (!slot.publicKey().equals(run.proof().publicKey())) {
      return differs(Rejection.SLOT_KEY_MISMATCH, "public key", "/publicKeyB64");
    }
    if (!slot.chainId().equals(commit.chainId())) {
      return differs(Rejection.SLOT_CHAIN_MISMATCH, "chain", "/chainId");
    }
    return Optional.empty();
  }

  private static Optional<StepOutcome> misplaced(SlotAllocation slot, Commit commit) {
    if (!Optional.of(slot.counter()).equals(commit.slotCounter())) {
      return differs(Rejection.SLOT_COUNTER_MISMATCH, "counter", "/counter");
    }
    Optional<Counter> counter = commit.counter();
    if (counter.isEmpty() || slot.counter().compareTo(counter.get()) >= 0) {
      return Optional.of(
          failed(
              Rejection.SLOT_NOT_BEFORE_COMMIT,
              "the slot's counter is not below the commit's",
              "/counter"));
    }
    return Optional.empty();
  }

  private static Optional<StepOutcome> anchorMisplaced(SlotAllocation slot, Commit commit) {
    return commit
        .slotAnchor()
        .filter(anchor -> anchor.counter().compareTo(slot.counter()) >= 0)
        .map(
            anchor ->
                StepOutcome.failed(
                        Rejection.SLOT_ANCHOR_NOT_BEFORE_SLOT,
                        "the counter of the slot's anchor is not below the slot's")
                    .at("/commit/slotAnchor/counter"));
  }

  private Optional<StepOutcome> hashDiffers(
      VerificationRun run, SlotAllocation slot, byte[] signedBytes, Commit commit) {
    Optional<Bytes> hash = commit.slotHash();
    if (hash.equals(Optional.of(Bytes.sha256(signedBytes)))) {
      return Optional.empty();
    }
    if (!hash.equals(Optional.of(slot.historicalHash()))) {
      return Optional.of(
          StepOutcome.failed(
                  Rejection.SLOT_HASH_MISMATCH, "the commit names another slot than this one")
              .at("/commit/slotHashB64"));
    }
    if (!historical) {
      return Optional.of(
          StepOutcome.failed(
                  Rejection.SLOT_HASH_HISTORICAL,
                  "the slot's hash leaves out the chain, as in 2026-04; the historical mode accepts that")
              .at("/commit/slotHashB64"));
    }
    run.historicalForms().add(HistoricalForm.SLOT_HASH_WITHOUT_CHAIN);
    return Optional.empty();
  }

  private static Optional<StepOutcome> notSigned(
      VerificationRun run, SlotAllocation slot, byte[] signedBytes) {
    return run.key().verifies(signedBytes, slot.signature())
        ? Optional.empty()
        : Optional.of(
            failed(
                Rejection.SLOT_SIGNATURE_INVALID,
                "the slot's signature does not hold",
                "/signatureB64"));
  }

  private static Optional<StepOutcome> differs(Rejection reason, String what, String member) {
    return Optional.of(failed(reason, "slot and commit differ in their " + what, member));
  }

  private static StepOutcome failed(Rejection reason, String text, String member) {
    return StepOutcome.failed(reason, text).at("/slotAllocation" + member);
  }
}
