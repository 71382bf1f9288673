package dev.occ.verifier.chain;

/**
 * Takes every anchored block of a history once, for instance to ask an Ethereum node whether number
 * and hash belong together.
 */
@FunctionalInterface
public interface AnchorVisitor {
  /**
   * Takes a block; blocks come in the order of their numbers, then of their hashes. Of several
   * anchors on one block an authenticated one is taken, then one on which bounds rest.
   *
   * @param anchor the block and a chain that anchors it
   */
  void anchored(PlacedAnchor anchor);
}
