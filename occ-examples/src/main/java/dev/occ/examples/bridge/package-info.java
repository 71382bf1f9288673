/**
 * A byte bridge between two stream sockets of any kind, for tools that speak only TCP. Start
 * reading at {@link dev.occ.examples.bridge.Bridge}.
 */
@NullMarked
package dev.occ.examples.bridge;

import org.jspecify.annotations.NullMarked;
