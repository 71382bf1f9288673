/**
 * Tests of applications that use an OCC server, without one: {@link dev.occ.testing.OccServer} runs
 * in the test's process, makes real proofs with the software signer, and fails to order. Start
 * reading there; {@link dev.occ.testing.OccServerExtension} starts it for JUnit 5.
 */
@NullMarked
package dev.occ.testing;

import org.jspecify.annotations.NullMarked;
