/**
 * The two signature checks that verification rests on, Ed25519 and ECDSA on P-384, and who computes
 * them. Start reading at {@link dev.occ.verifier.crypto.CryptoProvider}.
 */
@NullMarked
package dev.occ.verifier.crypto;

import org.jspecify.annotations.NullMarked;
