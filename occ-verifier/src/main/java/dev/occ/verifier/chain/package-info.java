/**
 * Checks the history that many proofs tell together: order, gaps, forks, epochs and Ethereum
 * anchors (spec 7, 8, 10 and 11, "Chains"). Start reading at {@link
 * dev.occ.verifier.chain.ChainVerifier}.
 *
 * <p>Inside, proofs become records of a fixed size ({@code LinkRecord}), which are sorted on disk
 * if need be; {@code ChainWalk} follows each chain along its counter, and {@code LinkJoin} finds
 * out where those links lead that the walk could not follow.
 */
@NullMarked
package dev.occ.verifier.chain;

import org.jspecify.annotations.NullMarked;
