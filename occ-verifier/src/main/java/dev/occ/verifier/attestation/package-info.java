/**
 * AWS Nitro attestation documents (spec 12): strict decoding and offline verification, usable by
 * any Nitro application on its own. Start reading at {@code AttestationVerifier}; the rules are in
 * one package-private class per clause, and {@code AttestationRejection} lists them all.
 */
@NullMarked
package dev.occ.verifier.attestation;

import org.jspecify.annotations.NullMarked;
