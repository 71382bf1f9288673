/** Tests of the image reader over images that they make byte by byte. */
@NullMarked
package dev.occ.programs.eif;

import org.jspecify.annotations.NullMarked;
