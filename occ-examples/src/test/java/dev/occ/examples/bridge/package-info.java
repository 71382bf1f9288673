/** Tests of the bridge. */
@NullMarked
package dev.occ.examples.bridge;

import org.jspecify.annotations.NullMarked;
