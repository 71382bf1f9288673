/**
 * Small, complete examples of OCC inside another program: {@link
 * dev.occ.examples.embedding.SignExample} makes proofs, {@link
 * dev.occ.examples.embedding.VerifyExample} verifies them, {@link
 * dev.occ.examples.embedding.JcaSigner} is a signer of one's own, and the test sources show a JUnit
 * test that needs no hardware. README and guides quote them.
 */
@NullMarked
package dev.occ.examples.embedding;

import org.jspecify.annotations.NullMarked;
