/**
 * A client of the parent server's HTTP API (spec 14), which checks every proof against what was
 * asked before it hands it over. Start reading at {@link dev.occ.client.OccClient}.
 */
@NullMarked
package dev.occ.client;

import org.jspecify.annotations.NullMarked;
