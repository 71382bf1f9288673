package dev.occ.programs.timestamp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.json.JsonException;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.timestamp.TimestampClient.Fresh;
import dev.occ.proof.Bytes;
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
import org.jspecify.annotations.Nullable;

/** Adds timestamps to proofs' files: each holds the old proof or the new one, never a part. */
public final class Stamper {
  private static final ProofVerifier INTACT =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  private static final String NOT_STAMPED = "no timestamp was added (occ stamp adds it later): ";

  private final TimestampClient client;
  private final TimestampVerifier verifier;
  private final StampedMember member;
  private final boolean pinned;
  private final Screen screen;
  private final PrintWriter err;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private boolean givenUp;

  @GuardedBy("lock")
  private @Nullable Thread waiting;

  private int code = ExitCode.OK;

  public Stamper(
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
  public void stamp(Path file) throws IOException {
    Proof proof;
    try {
      proof = Proof.read(ProofFiles.read(file));
    } catch (JsonException e) {
      refuse(file, "is not a proof: " + e.getMessage());
      return;
    }
    if (INTACT.verifyProofOnly(proof) instanceof Rejected rejected) {
      refuse(file, "is not valid: " + rejected.reason().code());
      return;
    }
    TimestampResult present = verifier.verify(proof).get(member);
    if (present instanceof Stamped stamped) {
      screen.ok(
          file + " already has a timestamp: " + stamped.time() + " by " + stamped.authority());
    } else if (present != null) {
      refuse(file, "has a timestamp that does not verify; it was not replaced");
    } else {
      ask(file, proof);
    }
  }

  /** As {@link #stamp}, for a proof that is worth keeping without a stamp. */
  public void stampOrReport(Path file) {
    try {
      stamp(file);
    } catch (IOException e) {
      refuse(file, NOT_STAMPED + e.getMessage());
    }
  }

  /** Tells of a proof that no stamp is asked for any more. */
  public void leave(Path file) {
    refuse(file, NOT_STAMPED + "the program is stopping");
  }

  /**
   * Ends the wait for the authority, now and from now on; for another thread than the one that
   * stamps. Only that wait is interrupted: an interrupted write would be a failed one.
   */
  public void giveUp() {
    synchronized (lock) {
      givenUp = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  private Fresh await(Bytes digest) throws IOException, TimestampException {
    synchronized (lock) {
      if (givenUp) {
        throw new IOException("the program is stopping");
      }
      waiting = Thread.currentThread();
    }
    try {
      return client.stamp(digest);
    } finally {
      synchronized (lock) {
        waiting = null;
        if (givenUp) {
          boolean unused = Thread.interrupted(); // has done its work, whether it was noticed or not
        }
      }
    }
  }

  private void ask(Path file, Proof proof) throws IOException {
    try {
      Fresh fresh = await(member.digest(proof));
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
      refuse(file, "no timestamp was added, " + e.reason().code() + ": " + e.getMessage());
    }
  }

  private void refuse(Path file, String why) {
    err.println("occ: " + Printable.of(file + " " + why));
    err.flush();
    code = ExitCode.REFUSED;
  }

  /** Says what is open, and returns the exit code. */
  public int finish() {
    if (!pinned) {
      screen.caution("no root was pinned, so the authority is not checked (--tsa-root pins one)");
    }
    return code;
  }
}
