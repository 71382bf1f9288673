/**
 * Proofs as the commands get them: files, folders, arrays and JSON Lines. Start reading at {@link
 * dev.occ.cli.input.InputReader}.
 */
@NullMarked
package dev.occ.cli.input;

import org.jspecify.annotations.NullMarked;
