/** Tests of the PKCS#11 signer, on SoftHSM where it is installed and on a scripted module. */
@NullMarked
package dev.occ.embedding.pkcs11;

import org.jspecify.annotations.NullMarked;
