package dev.occ.verifier.cli.verify;

import dev.occ.cli.input.ProofInput;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;

/** Turns a result into what is printed. Immutable and thread-safe. */
interface Renderer {
  /** One or more lines, without the last line's end. */
  String render(ProofInput input, VerificationResult result);

  /**
   * The same for a valid proof whose file cannot be compared: for the folder it is not valid.
   *
   * @param result what was found about the proof alone
   * @param text why not, not yet fit for a terminal
   */
  String renderFault(ProofInput input, ValidProof result, String reason, String text);

  /** The same for something that could not be read; empty to print nothing but the problem. */
  String renderUnreadable(String name, String why);
}
