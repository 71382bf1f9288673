/**
 * The command {@code attestation}. Start reading at {@link
 * dev.occ.verifier.cli.attestation.AttestationCommand}.
 */
@NullMarked
package dev.occ.verifier.cli.attestation;

import org.jspecify.annotations.NullMarked;
