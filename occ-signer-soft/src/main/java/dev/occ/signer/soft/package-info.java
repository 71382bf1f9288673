/**
 * The software signer: everything that a signer does, in process memory, for development, tests and
 * CI. It protects its key from nobody and says so: its tier is {@code stub}. Start reading at
 * {@link dev.occ.signer.soft.SoftSigner}; {@link dev.occ.signer.soft.SoftAttestationAuthority} adds
 * attestations of the real format below a root of its own.
 *
 * <p>The module's test-jar has {@code SeededSoftSigner}, a signer that gives the same proofs at
 * every run, and {@code AttestationFaults}, attestation documents with one fault each.
 */
@NullMarked
package dev.occ.signer.soft;

import org.jspecify.annotations.NullMarked;
