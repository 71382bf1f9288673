/**
 * A byte bridge between two stream sockets of any kind, for tools that speak only TCP. Start
 * reading at {@link dev.occ.programs.bridge.Bridge}.
 */
@NullMarked
package dev.occ.programs.bridge;

import org.jspecify.annotations.NullMarked;
