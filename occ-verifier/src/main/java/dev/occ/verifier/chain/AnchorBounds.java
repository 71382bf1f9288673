package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.Optional;

/**
 * Between which anchors a range of a chain lies (spec 10). An anchor itself belongs to the range
 * that it begins: it, too, was made after its block.
 *
 * <p>Only the lower bound is one in time: made after block N. The upper bound says that the proofs
 * were sealed before the proof that anchors block M was made, which itself may have been made at
 * any time after block M. Linked bounds follow from hashes; the others rest on the signer's
 * counter. From the counter on at which a fork of the chain shows, none is called linked.
 *
 * @param first the counter of the first proof
 * @param last the counter of the last proof
 * @param proofs how many there are
 * @param madeAfter the highest block that the chain has anchored before, or here
 * @param madeAfterLinked whether every link from that anchor to these proofs was verified: each
 *     names one at the counter before it that was given
 * @param sealedBefore the block of the next anchor on the chain
 * @param sealedBeforeLinked whether every link from these proofs to that anchor was verified,
 *     likewise
 * @param authenticated whether the anchors are authenticated; whoever commits can write others
 */
public record AnchorBounds(
    Counter first,
    Counter last,
    long proofs,
    Optional<Counter> madeAfter,
    boolean madeAfterLinked,
    Optional<Counter> sealedBefore,
    boolean sealedBeforeLinked,
    boolean authenticated) {}
