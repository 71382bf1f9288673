/** Bounded caches inside the verifier. */
@NullMarked
package dev.occ.verifier.cache;

import org.jspecify.annotations.NullMarked;
