/** What the tests of several packages share. */
@NullMarked
package dev.occ.testing;

import org.jspecify.annotations.NullMarked;
