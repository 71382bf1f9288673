/**
 * Small, complete examples of OCC inside another program: {@link dev.occ.embedding.SignExample}
 * makes proofs, {@link dev.occ.embedding.VerifyExample} verifies them, {@link
 * dev.occ.embedding.JcaSigner} is a signer of one's own, and the test sources show a JUnit test
 * that needs no hardware. README and guides quote them.
 */
@NullMarked
package dev.occ.embedding;

import org.jspecify.annotations.NullMarked;
