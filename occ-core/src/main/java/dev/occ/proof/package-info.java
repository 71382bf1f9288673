/**
 * Proofs as the specification's section 3 defines them: strict reading, typed access, and writing
 * with nothing lost. Start reading at {@link dev.occ.proof.Proof}.
 */
@NullMarked
package dev.occ.proof;

import org.jspecify.annotations.NullMarked;
