package dev.occ.verifier.cli.verify;

import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Tally;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.input.ArtifactFile;
import dev.occ.cli.input.ProofInput;
import dev.occ.verifier.Check;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;

/** Prints results as they come, and keeps count. {@link #render} is thread-safe, the rest not. */
final class VerifyOutput {
  /**
   * What is left to do about a document: its verdict as it is printed, and what is counted. Neither
   * the document nor the result, whose trees are many times as large and would wait with it.
   *
   * @param text to print
   * @param whole whether the document filled its file
   * @param verdict how it is counted
   * @param reason why it is not valid; for {@link Verdict#NO_VERDICT} a sentence about its file
   * @param compared whether the proof was compared with a file
   * @param bytes how long the document was
   */
  record Judged(
      String text, boolean whole, Verdict verdict, String reason, boolean compared, int bytes) {}

  /** How a document counts. */
  enum Verdict {
    VALID,
    NOT_VALID,
    /** The proof's file exists, and the file system refuses it. */
    NO_VERDICT
  }

  private final Terminal terminal;
  private final Renderer whole;
  private final Renderer oneOfMany;
  private final Progress progress;
  private final Tally tally = new Tally();
  private boolean printedLines;

  /**
   * Prints to a terminal.
   *
   * @param terminal where to
   * @param whole for a document that fills its file
   * @param oneOfMany for a line of a file
   * @param progress the bar to keep up
   */
  VerifyOutput(Terminal terminal, Renderer whole, Renderer oneOfMany, Progress progress) {
    this.terminal = terminal;
    this.whole = whole;
    this.oneOfMany = oneOfMany;
    this.progress = progress;
  }

  Tally tally() {
    return tally;
  }

  /** Whether a document was printed that did not fill its file: of it there are no details. */
  boolean printedLines() {
    return printedLines;
  }

  Judged render(ProofInput input, VerificationResult result) {
    boolean compared = input.file().isPresent() && isCompared(result);
    String text = renderer(input).render(input, result);
    return result instanceof Rejected rejected
        ? judged(input, text, Verdict.NOT_VALID, rejected.reason().code(), compared)
        : judged(input, text, Verdict.VALID, "", compared);
  }

  /** For a valid proof whose file cannot be compared. */
  Judged render(ProofInput input, ValidProof result, ArtifactFile.NotComparable file) {
    if (file.fault() == ArtifactFile.Fault.NOT_READABLE) {
      String text = whole.renderUnreadable(input.name(), file.text());
      return judged(input, text, Verdict.NO_VERDICT, file.text(), false);
    }
    String reason = file.fault().code();
    String text = renderer(input).renderFault(input, result, reason, file.text());
    return judged(input, text, Verdict.NOT_VALID, reason, false);
  }

  private Renderer renderer(ProofInput input) {
    return input.whole() ? whole : oneOfMany;
  }

  private static Judged judged(
      ProofInput input, String text, Verdict verdict, String reason, boolean compared) {
    return new Judged(text, input.whole(), verdict, reason, compared, input.json().length);
  }

  /** A proof that is no proof was compared with nothing. */
  private static boolean isCompared(VerificationResult result) {
    return result.checks().stream()
        .anyMatch(
            check ->
                check.step() == Check.Step.ARTIFACT
                    && check.outcome() != Check.Outcome.NOT_CHECKED);
  }

  /** Prints and counts a result. */
  void result(Judged judged) throws UnusableInputException {
    if (judged.compared()) {
      tally.addCompared();
    }
    printedLines |= !judged.whole();
    print(judged.text());
    switch (judged.verdict()) {
      case VALID -> tally.addValid();
      case NOT_VALID -> tally.addNotValid(judged.reason());
      case NO_VERDICT -> {
        tally.addUnreadable();
        terminal.problem(Printable.text(judged.reason()));
      }
    }
    progress.advance(judged.bytes(), tally);
  }

  void unreadable(String name, String why) throws UnusableInputException {
    tally.addUnreadable();
    print(whole.renderUnreadable(name, why));
    terminal.problem("cannot use " + Printable.text(name) + ": " + why);
  }

  /** A file that is being read, on whichever thread; the bar goes on. */
  void read(long bytes) {
    progress.advance(bytes);
  }

  void unproven() {
    tally.addUnproven();
  }

  private void print(String text) throws UnusableInputException {
    synchronized (progress) { // helpers that read files must not draw in between
      progress.clear();
      if (!text.isEmpty()) {
        terminal.out().println(text);
        terminal.flush();
      }
    }
  }
}
