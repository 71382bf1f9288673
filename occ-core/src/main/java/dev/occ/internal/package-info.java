/** What several packages of this module share and nobody else sees: not exported. */
@NullMarked
package dev.occ.internal;

import org.jspecify.annotations.NullMarked;
