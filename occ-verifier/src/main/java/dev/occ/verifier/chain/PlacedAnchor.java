package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import dev.occ.verifier.EthereumAnchor;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An anchored block and a chain that anchors it. Immutable. */
public final class PlacedAnchor {
  private final EthereumAnchor anchor;
  private final boolean bounding;
  private final ChainId chain;
  private final @Nullable Counter counter;

  /**
   * An anchor at its place.
   *
   * @param anchor the block, and whether it is authenticated
   * @param bounding whether bounds of the report rest on it
   * @param chain the chain
   * @param counter where on that chain, or null without a counter
   */
  public PlacedAnchor(
      EthereumAnchor anchor, boolean bounding, ChainId chain, @Nullable Counter counter) {
    this.anchor = Objects.requireNonNull(anchor, "anchor");
    this.bounding = bounding;
    this.chain = Objects.requireNonNull(chain, "chain");
    this.counter = counter;
  }

  /**
   * The block.
   *
   * @return the block, and whether the anchor is authenticated
   */
  public EthereumAnchor anchor() {
    return anchor;
  }

  /**
   * Whether bounds of the report rest on the anchor.
   *
   * @return false for an anchor that is not authenticated, in an epoch that has authenticated ones
   */
  public boolean bounding() {
    return bounding;
  }

  /**
   * The chain that anchors the block; the first of several.
   *
   * @return its id
   */
  public ChainId chain() {
    return chain;
  }

  /**
   * Where on the chain.
   *
   * @return absent if the proof has no counter
   */
  public Optional<Counter> counter() {
    return Optional.ofNullable(counter);
  }
}
