/**
 * {@code occ completion}: start reading at {@link dev.occ.programs.completion.CompletionCommand}.
 */
@NullMarked
package dev.occ.programs.completion;

import org.jspecify.annotations.NullMarked;
