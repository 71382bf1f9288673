package dev.occ.embedding;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes proofs: needs {@code occ-core} and a signer, here {@code occ-signer-soft}. */
final class SignExample {
  private SignExample() {}

  /** Writes a proof for each file beside it, all on one chain of one epoch. */
  static void sign(Iterable<Path> files) throws EpochException, IOException {
    // snippet:sign
    try (Epoch epoch = Epoch.open(SoftSigner.open())) { // a fresh key; close() destroys it
      for (Path file : files) {
        Slot slot = epoch.allocateSlot(); // signed before anything is known about the file
        Bytes digest = Bytes.sha256(Files.readAllBytes(file));
        Proof proof = epoch.commit(CommitRequest.of(slot.id(), digest)); // uses the slot up
        Files.write(Path.of(file + ".occ.json"), proof.toPrettyBytes());
      }
    }
    // end
  }
}
