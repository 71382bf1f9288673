/**
 * The service provider interface for signers: whoever holds the key of an OCC epoch implements
 * {@link dev.occ.signer.Signer}, and makes it findable by name with a {@link
 * dev.occ.signer.SignerProvider}. Start reading at {@code Signer}.
 *
 * <p>Implementations, yours too, are tested by extending {@code SignerContract} from this module's
 * test-jar.
 */
@NullMarked
package dev.occ.signer;

import org.jspecify.annotations.NullMarked;
