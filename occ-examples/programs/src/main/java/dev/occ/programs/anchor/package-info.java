/**
 * Ethereum anchors (spec 10): commits the newest block's hash to a chain, again and again. Start
 * reading at {@code Anchorer}; what an anchor looks like is in {@code dev.occ.verifier.chain}.
 */
@NullMarked
package dev.occ.programs.anchor;

import org.jspecify.annotations.NullMarked;
