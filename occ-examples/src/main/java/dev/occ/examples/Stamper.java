package dev.occ.examples;

import dev.occ.examples.timestamp.TimestampClient;
import dev.occ.examples.timestamp.TimestampClient.Fresh;
import dev.occ.json.JsonException;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampException;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Adds time stamps to proofs' files: each holds the old proof or the new one, never a part. */
final class Stamper {
  private static final ProofVerifier INTACT =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  private final TimestampClient client;
  private final TimestampVerifier verifier;
  private final StampedMember member;
  private final boolean pinned;
  private final Screen screen;
  private final PrintWriter err;
  private int code = ExitCodes.OK;

  Stamper(
      TimestampClient client,
      TimestampVerifier verifier,
      StampedMember member,
      boolean pinned,
      Screen screen,
      PrintWriter err) {
    this.client = client;
    this.verifier = verifier;
    this.member = member;
    this.pinned = pinned;
    this.screen = screen;
    this.err = err;
  }

  /** Stamps one; a proof that is not stamped is told, and in the exit code of {@link #finish}. */
  void stamp(Path file) throws IOException {
    Proof proof;
    try {
      proof = Proof.read(ProofFiles.read(file));
    } catch (JsonException e) {
      refuse(file, "is no proof: " + e.getMessage());
      return;
    }
    if (INTACT.verify(proof) instanceof Rejected rejected) {
      refuse(file, "is not valid: " + rejected.reason().code());
      return;
    }
    TimestampResult present = verifier.verify(proof).get(member);
    if (present instanceof Stamped stamped) {
      screen.ok(file + " is stamped already: " + stamped.time() + " by " + stamped.authority());
    } else if (present != null) {
      refuse(file, "carries a time stamp that does not verify; it was not replaced");
    } else {
      ask(file, proof);
    }
  }

  /** As {@link #stamp}, for a proof that is worth keeping without a stamp. */
  void stampOrReport(Path file) {
    try {
      stamp(file);
    } catch (IOException e) {
      refuse(file, "not stamped (occ stamp does that later): " + e.getMessage());
    }
  }

  private void ask(Path file, Proof proof) throws IOException {
    try {
      Fresh fresh = client.stamp(member.digest(proof));
      int size = ProofFiles.write(file, TimestampClient.add(proof, member, fresh.entry()), true);
      Stamped stamped = fresh.stamped();
      screen.ok(
          file
              + ": "
              + stamped.time()
              + " by "
              + stamped.authority()
              + ", "
              + member.shows()
              + "  ("
              + size
              + " bytes)");
    } catch (TimestampException e) {
      refuse(file, "not stamped, " + e.reason().code() + ": " + e.getMessage());
    }
  }

  private void refuse(Path file, String why) {
    err.println("occ: " + Printable.of(file + " " + why));
    err.flush();
    code = ExitCodes.REFUSED;
  }

  /** Says what is open, and returns the exit code. */
  int finish() {
    if (!pinned) {
      screen.caution("no root was pinned: whether anybody should believe this authority is open");
    }
    return code;
  }
}
