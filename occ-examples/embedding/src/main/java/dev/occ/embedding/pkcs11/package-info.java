/**
 * The worked example of a signer of one's own: an Ed25519 key inside a PKCS#11 token (OASIS
 * PKCS#11, "Cryptoki", version 3.0 for EdDSA). Start reading at {@link
 * dev.occ.embedding.pkcs11.Pkcs11SignerProvider}, which documents the options; {@code Pkcs11Signer}
 * is the signer, {@code Cryptoki} the seam in front of the native library, {@code JnaCryptoki} the
 * only class that knows JNA.
 */
@NullMarked
package dev.occ.embedding.pkcs11;

import org.jspecify.annotations.NullMarked;
