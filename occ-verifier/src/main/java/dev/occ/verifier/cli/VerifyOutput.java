package dev.occ.verifier.cli;

import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.Verified;

/** Prints results as they come, and keeps count. {@link #render} is thread-safe, the rest not. */
final class VerifyOutput {
  private final Terminal terminal;
  private final Renderer whole;
  private final Renderer oneOfMany;
  private final Progress progress;
  private final Tally tally = new Tally();

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

  String render(ProofInput input, VerificationResult result) {
    return (input.whole() ? whole : oneOfMany).render(input, result);
  }

  /** Prints a result; returns whether it is valid. */
  boolean result(ProofInput input, VerificationResult result, String text)
      throws UnusableInputException {
    tally.add(result);
    print(text);
    progress.advance(input.json().length, tally);
    return result instanceof Verified;
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
