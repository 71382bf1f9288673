package dev.occ.programs.demo;

import static dev.occ.programs.demo.DemoFailedException.unless;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.Slot;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import dev.occ.verifier.ArtifactDigest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's story: an epoch, a slot, a commit, a verification, forgeries, a restart. Every step is
 * asserted, so that {@link #run} returns only if all of it happened.
 */
final class Demo {
  private static final String SIGNER = "soft";

  private final Screen screen;
  private final DemoFiles files;

  Demo(Screen screen, DemoFiles files) {
    this.screen = screen;
    this.files = files;
  }

  /**
   * Tells the story.
   *
   * @throws DemoFailedException if a step did not do what it should
   * @throws IOException if a file cannot be read or written
   * @throws EpochException if the epoch refuses what it should do
   * @throws SignerException if the signer cannot be opened
   */
  void run() throws DemoFailedException, IOException, EpochException, SignerException {
    ArtifactDigest artifact = hash();
    String oldEpoch;
    Bytes oldKey;
    try (Epoch epoch = openEpoch("1. Open an epoch")) {
      oldEpoch = epoch.id();
      oldKey = epoch.publicKey();
      Proof proof = commit(epoch, artifact);
      new DemoVerification(screen, files).run(artifact, epoch);
      new DemoForgeries(screen, files).run(proof);
      continueChain(epoch, proof, artifact);
    }
    restart(oldEpoch, oldKey, artifact);
    screen.heading("Every step had the expected result.");
    screen.text(
        "Check it yourself:  ./occ verify "
            + quoted(files.proof())
            + " --artifact "
            + quoted(files.artifact()));
  }

  /** As one word for a POSIX shell. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\w/.-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private ArtifactDigest hash() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(files.artifact()))) {
      return ArtifactDigest.ofContent(in);
    }
  }

  private Epoch openEpoch(String heading) throws EpochException, SignerException {
    Epoch epoch = Epoch.open(SignerProvider.named(SIGNER).open(Map.of()));
    screen.heading(heading);
    screen.field("signer", epoch.enforcement().wireName() + ", " + epoch.measurement());
    screen.field("key", epoch.publicKey() + "  (made just now)");
    screen.field("epoch", epoch.id());
    return epoch;
  }

  private Proof commit(Epoch epoch, ArtifactDigest artifact)
      throws DemoFailedException, EpochException, IOException {
    screen.heading("2. Sign a slot, then bind the file to it");
    Slot slot = epoch.allocateSlot();
    Counter slotCounter = slot.allocation().counter();
    unless(slotCounter.equals(Counter.of(1)), "the first slot has counter 1");
    screen.field("slot", "counter " + slotCounter + ", signed before the digest was known");
    screen.field("file", files.artifact() + "  (" + Files.size(files.artifact()) + " bytes)");
    screen.field("sha-256", artifact.digest().toBase64());
    Proof proof = epoch.commit(CommitRequest.of(slot.id(), artifact.digest()));
    unless(counterOf(proof).equals(Counter.of(2)), "the first commit has counter 2");
    screen.field("commit", "counter " + counterOf(proof));
    int size = ProofFiles.write(files.proof(), proof, false);
    screen.field("proof", files.proof() + "  (" + size + " bytes)");
    files
        .keptProof()
        .ifPresent(kept -> screen.caution(kept + " already exists and is not replaced"));
    expectRefusal(epoch, slot, artifact, EpochException.Reason.SLOT_UNKNOWN);
    screen.refused("the same slot a second time: " + EpochException.Reason.SLOT_UNKNOWN.code());
    return proof;
  }

  private void continueChain(Epoch epoch, Proof first, ArtifactDigest artifact)
      throws DemoFailedException, EpochException {
    screen.heading("5. Continue the chain");
    Slot slot = epoch.allocateSlot();
    Proof second = epoch.commit(CommitRequest.of(slot.id(), artifact.digest()));
    unless(slot.allocation().counter().equals(Counter.of(3)), "the second slot has counter 3");
    unless(counterOf(second).equals(Counter.of(4)), "the second commit has counter 4");
    unless(
        second.commit().prev().equals(Optional.of(first.sealedHash())),
        "the second proof names the first one's hash");
    screen.ok("counter " + counterOf(second) + ", linked to the previous proof by its hash");
  }

  private void restart(String oldEpoch, Bytes oldKey, ArtifactDigest artifact)
      throws DemoFailedException, EpochException, SignerException {
    try (Epoch epoch = openEpoch("6. Restart: the old key is destroyed, a new epoch begins")) {
      unless(!epoch.id().equals(oldEpoch), "the new epoch has another id");
      unless(!epoch.publicKey().equals(oldKey), "the new epoch has another key");
      Slot slot = epoch.allocateSlot();
      Proof first = epoch.commit(CommitRequest.of(slot.id(), artifact.digest()));
      Counter counter = slot.allocation().counter();
      unless(counter.equals(Counter.of(1)), "the new epoch's first slot has counter 1");
      unless(first.commit().epochId().equals(Optional.of(epoch.id())), "proofs name their epoch");
      unless(first.commit().prev().isEmpty(), "the new epoch's first proof has no predecessor");
      screen.ok("the epoch is new, and the counter starts again at " + counter);
      screen.field("before", oldEpoch);
    }
  }

  private static void expectRefusal(
      Epoch epoch, Slot slot, ArtifactDigest artifact, EpochException.Reason expected)
      throws DemoFailedException, EpochException {
    try {
      Proof unexpected = epoch.commit(CommitRequest.of(slot.id(), artifact.digest()));
      throw new DemoFailedException("a commit succeeded that should be refused: " + unexpected);
    } catch (EpochException e) {
      if (e.reason() != expected) {
        throw e;
      }
    }
  }

  private static Counter counterOf(Proof proof) throws DemoFailedException {
    return proof
        .commit()
        .counter()
        .orElseThrow(() -> new DemoFailedException("the proof has no counter"));
  }
}
