/**
 * The JDK's X.509 and PKIX, asked by provider name; not exported. What a kind of document demands
 * of its certificates beyond that is in that document's package.
 */
@NullMarked
package dev.occ.verifier.x509;

import org.jspecify.annotations.NullMarked;
