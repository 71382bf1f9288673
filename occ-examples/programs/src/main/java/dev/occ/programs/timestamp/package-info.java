/** Asks timestamping authorities (RFC 3161) over HTTP. Start reading at {@code TimestampClient}. */
@NullMarked
package dev.occ.programs.timestamp;

import org.jspecify.annotations.NullMarked;
