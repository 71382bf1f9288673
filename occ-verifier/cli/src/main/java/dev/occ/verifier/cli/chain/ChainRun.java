package dev.occ.verifier.cli.chain;

import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.input.InputVisitor;
import dev.occ.cli.input.ProofInput;
import dev.occ.verifier.chain.ChainException;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainVerification;

/** Hands documents to a chain verification as they are found. For use by one thread. */
final class ChainRun implements InputVisitor {
  private final ChainVerification verification;
  private final Terminal terminal;
  private final Progress progress;
  private long unreadable;

  ChainRun(ChainVerification verification, Terminal terminal, Progress progress) {
    this.verification = verification;
    this.terminal = terminal;
    this.progress = progress;
  }

  @Override
  public boolean proof(ProofInput input) throws UnusableInputException {
    try {
      verification.add(input.name(), input.json());
    } catch (ChainException e) {
      progress.clear();
      throw unusable(e);
    }
    progress.advance(input.json().length, verification.judged(), verification.invalid());
    return true;
  }

  @Override
  public boolean unreadable(String name, String why) {
    unreadable++;
    progress.clear();
    terminal.problem("cannot use " + Printable.text(name) + ": " + why);
    return true;
  }

  long unreadable() {
    return unreadable;
  }

  ChainReport finish() throws UnusableInputException {
    try {
      return verification.finish();
    } catch (ChainException e) {
      throw unusable(e);
    } finally {
      progress.clear();
    }
  }

  static UnusableInputException unusable(ChainException e) {
    return new UnusableInputException(
        Printable.text(String.valueOf(e.getMessage())) + " (" + e.reason().code() + ")", e);
  }
}
