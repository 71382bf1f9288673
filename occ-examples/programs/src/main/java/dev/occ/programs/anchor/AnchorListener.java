package dev.occ.programs.anchor;

import dev.occ.proof.Proof;
import java.io.IOException;
import java.time.Duration;

/** Is told what an {@link Anchorer} does. Called by its thread. */
public interface AnchorListener {
  /**
   * An anchor was made.
   *
   * @param block what it names
   * @param proof the anchor
   * @throws IOException if it cannot be kept, which ends the anchorer
   */
  void anchored(Block block, Proof proof) throws IOException;

  /**
   * The block that was anchored last is no longer in Ethereum's chain: its anchor names a block
   * that no node will confirm.
   *
   * @param block the block
   */
  void replaced(Block block);

  /**
   * No anchor was made this time.
   *
   * @param text why, for people
   * @param pause how long until the next attempt
   */
  void failed(String text, Duration pause);
}
