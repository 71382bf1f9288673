/** Tests of the programs, of the project's module rules, and of the code that its pages quote. */
@NullMarked
package dev.occ.programs;

import org.jspecify.annotations.NullMarked;
