/**
 * A client of the parent server's HTTP API (spec 14), which checks every proof against what was
 * asked before it hands it over. Start reading at {@link dev.occ.examples.client.OccClient}.
 */
@NullMarked
package dev.occ.examples.client;

import org.jspecify.annotations.NullMarked;
