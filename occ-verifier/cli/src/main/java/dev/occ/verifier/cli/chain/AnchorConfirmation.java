package dev.occ.verifier.cli.chain;

import dev.occ.json.JsonObject;
import dev.occ.verifier.chain.AnchorVisitor;
import java.util.List;

/**
 * Asks an Ethereum node whether the anchored blocks of a history exist. Whether a hash and a number
 * belong together only a node can say (spec 10), and this module opens no connection: a program
 * that does hands one of these to {@link ChainCommand#confirmAnchorsWith}.
 */
public interface AnchorConfirmation extends AnchorVisitor {
  /**
   * Whether a node named another hash for a block on which bounds rest: such an anchor is worth
   * nothing.
   *
   * @return true if at least one was refuted
   */
  boolean isRefuted();

  /**
   * Whether every block so far was answered for.
   *
   * @return false if a node did not answer, or does not know a block
   */
  boolean isComplete();

  /**
   * What was found, for programs.
   *
   * @return the member {@code anchorConfirmation} of the report
   */
  JsonObject toJson();

  /**
   * What was found, for people.
   *
   * @return lines without line ends, fit for a terminal
   */
  List<String> lines();
}
