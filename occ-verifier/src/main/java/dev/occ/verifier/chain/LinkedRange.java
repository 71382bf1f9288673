package dev.occ.verifier.chain;

import dev.occ.proof.Counter;

/**
 * Proofs of a chain of which each names the one before, or one of those before where several have
 * one counter.
 *
 * @param first the counter of the first one
 * @param last the counter of the last one
 * @param proofs how many there are, forked ones included
 */
public record LinkedRange(Counter first, Counter last, long proofs) {}
