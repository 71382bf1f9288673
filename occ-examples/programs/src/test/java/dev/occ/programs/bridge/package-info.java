/** Tests of the bridge. */
@NullMarked
package dev.occ.programs.bridge;

import org.jspecify.annotations.NullMarked;
