/**
 * Checks proofs offline, in the order of the specification's section 11. Start reading at {@link
 * dev.occ.verifier.ProofVerifier}; each step is a class of its own, named for its clause.
 */
@NullMarked
package dev.occ.verifier;

import org.jspecify.annotations.NullMarked;
