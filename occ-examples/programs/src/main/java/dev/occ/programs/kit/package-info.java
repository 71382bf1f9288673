/**
 * What several programs share: options, the screen, files of proofs, reports of failures. Start
 * reading at {@link dev.occ.programs.kit.Screen}.
 */
@NullMarked
package dev.occ.programs.kit;

import org.jspecify.annotations.NullMarked;
