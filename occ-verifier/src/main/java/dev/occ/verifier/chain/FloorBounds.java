package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import dev.occ.proof.Floor;

/**
 * Proofs of a chain whose slots, one after the other, have the same floor (spec 10): each of them
 * was made after the floor's block, whatever else was given of the chain. The signer's word stands
 * behind that, and a node can say whether the block exists.
 *
 * @param firstSlot the counter of the first proof's slot
 * @param lastSlot the counter of the last proof's slot
 * @param proofs how many proofs there are
 * @param floor the block, with the anchor's counter if the floor is an anchor
 */
public record FloorBounds(Counter firstSlot, Counter lastSlot, long proofs, Floor floor) {}
