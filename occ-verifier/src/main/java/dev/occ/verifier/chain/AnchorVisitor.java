package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.Optional;

/**
 * Takes every anchored block of a history once, for instance to ask an Ethereum node whether number
 * and hash belong together.
 */
@FunctionalInterface
public interface AnchorVisitor {
  /**
   * Takes a block; blocks come in the order of their numbers, then of their hashes.
   *
   * @param anchor the block
   * @param chain a chain that anchors it
   * @param counter where on that chain
   */
  void anchored(EthereumAnchor anchor, ChainId chain, Optional<Counter> counter);
}
