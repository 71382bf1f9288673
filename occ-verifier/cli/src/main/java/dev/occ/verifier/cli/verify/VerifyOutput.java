package dev.occ.verifier.cli.verify;

import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Tally;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.input.ProofInput;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.VerificationResult;
import java.util.Optional;

/** Prints results as they come, and keeps count. {@link #render} is thread-safe, the rest not. */
final class VerifyOutput {
  /**
   * What is left to do about a document: its verdict as it is printed, and what is counted. Neither
   * the document nor the result, whose trees are many times as large and would wait with it.
   *
   * @param text to print
   * @param whole whether the document filled its file
   * @param rejection why the proof is not valid; empty if it is
   * @param bytes how long the document was
   */
  record Judged(String text, boolean whole, Optional<Rejection> rejection, int bytes) {}

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
    Renderer renderer = input.whole() ? whole : oneOfMany;
    Optional<Rejection> rejection =
        result instanceof Rejected rejected ? Optional.of(rejected.reason()) : Optional.empty();
    return new Judged(
        renderer.render(input, result), input.whole(), rejection, input.json().length);
  }

  /** Prints and counts a result. */
  void result(Judged judged) throws UnusableInputException {
    tally.add(judged.rejection());
    printedLines |= !judged.whole();
    print(judged.text());
    progress.advance(judged.bytes(), tally);
  }

  void unreadable(String name, String why) throws UnusableInputException {
    tally.addUnreadable();
    print(whole.renderUnreadable(name, why));
    terminal.problem("cannot use " + Printable.text(name) + ": " + why);
  }

  private void print(String text) throws UnusableInputException {
    progress.clear();
    if (!text.isEmpty()) {
      terminal.out().println(text);
      terminal.flush();
    }
  }
}
