package dev.occ.programs.anchor;

import dev.occ.proof.Proof;

/** Commits a block's anchor to a chain. */
public interface AnchorMaker {
  /**
   * Commits once.
   *
   * @param block what the anchor names
   * @return the anchor's proof
   * @throws NotMadeException if there is no proof
   */
  Proof make(Block block) throws NotMadeException;

  /** There is no proof of an anchor, which may exist all the same. */
  final class NotMadeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the anchor may exist; part of the serialized form. */
    private final boolean mayExist;

    /**
     * A failure.
     *
     * @param text why, for people
     * @param mayExist whether the request may have had its effect
     * @param cause why
     */
    public NotMadeException(String text, boolean mayExist, Throwable cause) {
      super(text, cause);
      this.mayExist = mayExist;
    }

    /**
     * Whether the anchor may exist though nobody has its proof.
     *
     * @return false if it certainly does not
     */
    public boolean mayExist() {
      return mayExist;
    }
  }
}
