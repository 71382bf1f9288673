/**
 * The command {@code inspect}. Start reading at {@link
 * dev.occ.verifier.cli.inspect.InspectCommand}.
 */
@NullMarked
package dev.occ.verifier.cli.inspect;

import org.jspecify.annotations.NullMarked;
