package dev.occ.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.ProtocolName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where an anchor claim holds: on one chain of one epoch, so that a claim is of no use anywhere
 * else.
 *
 * @param protocol the name under which the proofs of the epoch are written
 * @param epochId the epoch, as proofs write it
 * @param chainId the chain; the default one by its name
 */
@CheckReturnValue
public record AnchorScope(ProtocolName protocol, String epochId, String chainId) {
  /**
   * Checks that each part is a line of its own.
   *
   * @param protocol the name under which the proofs of the epoch are written
   * @param epochId the epoch
   * @param chainId the chain
   * @throws IllegalArgumentException if epoch or chain is empty or holds a line feed
   */
  public AnchorScope {
    Objects.requireNonNull(protocol, "protocol");
    requireLine(epochId, "epoch id");
    requireLine(chainId, "chain id");
  }

  private static void requireLine(String text, String what) {
    if (text.isEmpty() || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("an anchor's " + what + " is one line, and not empty");
    }
  }

  /**
   * What the anchor key signs: protocol, epoch, chain, number and hash, a line each, joined by line
   * feeds, without one at the end (spec 10).
   *
   * @param block the block to anchor
   * @return UTF-8 in a fresh array
   */
  public byte[] signedBytes(AnchoredBlock block) {
    return String.join(
            "\n",
            protocol.anchorVersion(),
            epochId,
            chainId,
            Long.toString(block.number()),
            block.hashText())
        .getBytes(StandardCharsets.UTF_8);
  }
}
