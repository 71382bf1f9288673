package dev.occ.cli.input;

import dev.occ.cli.UnusableInputException;
import java.nio.file.Path;

/** Takes what an {@link InputReader} finds, in order. */
public interface InputVisitor {
  /** A document; false to be given no more. */
  boolean proof(ProofInput input) throws UnusableInputException;

  /** Something that cannot be read; false to be given no more. */
  boolean unreadable(String name, String why) throws UnusableInputException;

  /** A file beside which there is no proof; only where files are compared. */
  default void unproven(Path file) {}
}
