/**
 * The programs of this project in one jar, started by {@code ./occ}. Start reading at {@code Occ},
 * which lists the commands; the demo's story is in {@code Demo}. How to use the libraries in a
 * program of your own is shown in {@code occ-examples/embedding}.
 */
@NullMarked
package dev.occ.programs;

import org.jspecify.annotations.NullMarked;
