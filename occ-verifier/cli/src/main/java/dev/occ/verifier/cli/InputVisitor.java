package dev.occ.verifier.cli;

/** Takes what an {@link InputReader} finds, in order. */
interface InputVisitor {
  /** A document; false to be given no more. */
  boolean proof(ProofInput input) throws UnusableInputException;

  /** Something that cannot be read; false to be given no more. */
  boolean unreadable(String name, String why) throws UnusableInputException;
}
