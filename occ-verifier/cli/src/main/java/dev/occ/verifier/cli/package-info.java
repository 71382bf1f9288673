/**
 * The command line of the verifier: {@code verify}, {@code inspect} and {@code policy}. Not
 * exported; the command classes are public for programs on the class path that take them up. Start
 * reading at {@link dev.occ.verifier.cli.OccVerify}.
 */
@NullMarked
package dev.occ.verifier.cli;

import org.jspecify.annotations.NullMarked;
