/**
 * The software signer: everything that a signer does, in process memory, for development, tests and
 * CI. It protects its key from nobody and says so: its tier is {@code stub}. Start reading at
 * {@link dev.occ.signer.soft.SoftSigner}.
 */
@NullMarked
package dev.occ.signer.soft;

import org.jspecify.annotations.NullMarked;
