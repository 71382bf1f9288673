/**
 * Tests that every {@link dev.occ.signer.Signer} must pass. Start reading at {@link
 * dev.occ.signer.testkit.SignerContract}: extend it, and name the signer to test.
 */
@NullMarked
package dev.occ.signer.testkit;

import org.jspecify.annotations.NullMarked;
