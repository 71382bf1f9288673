/**
 * The command line toolkit of every program: terminal, exit codes, printable text, new files,
 * progress. Start reading at {@link dev.occ.cli.Terminal}.
 */
@NullMarked
package dev.occ.cli;

import org.jspecify.annotations.NullMarked;
