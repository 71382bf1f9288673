package dev.occ.programs.commit;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.programs.kit.FailureReport;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What {@code occ commit} tells, and how it ends. */
final class CommitReport {
  private final Screen screen;
  private final PrintWriter err;
  private long proven;
  private long refused;
  private long unreadable;

  CommitReport(Screen screen, PrintWriter err) {
    this.screen = screen;
    this.err = err;
  }

  void proven(Path file, Path place, Proof proof, int size) {
    proven++;
    String counter = proof.commit().counter().map(c -> "counter " + c + ", ").orElse("");
    screen.ok(file + " -> " + place + "  (" + counter + size + " bytes)");
  }

  void inTheWay(String what) {
    refused++;
    problem(what + " (--force replaces it)");
  }

  void changed(Path file) {
    refused++;
    problem(file + " changed during the commit; repeat the command to prove its new content");
  }

  void unreadable(Path file, IOException e) {
    unreadable++;
    problem(file + " can no longer be read: " + FailureReport.sentence(e));
  }

  void unsaved(Path place, Proof proof, IOException e) {
    FailureReport.unsaved(err, "occ commit", place, proof, e);
  }

  void problem(String text) {
    err.println("occ commit: " + Printable.of(text));
    err.flush();
  }

  /** For beside the progress bar. */
  String status() {
    return proven + " proven";
  }

  long proven() {
    return proven;
  }

  /** The exit code, if nothing else went wrong. */
  int exitCode() {
    if (unreadable > 0) {
      return ExitCode.UNUSABLE;
    }
    return refused > 0 ? ExitCode.REFUSED : ExitCode.OK;
  }
}
