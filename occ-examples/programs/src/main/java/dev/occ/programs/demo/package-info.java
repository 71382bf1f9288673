/** The command {@code demo}. Start reading at {@link dev.occ.programs.demo.Demo}. */
@NullMarked
package dev.occ.programs.demo;

import org.jspecify.annotations.NullMarked;
