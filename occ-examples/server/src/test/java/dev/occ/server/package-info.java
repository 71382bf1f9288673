/** Tests of the parent server: over real sockets, against a real enclave in this process. */
@NullMarked
package dev.occ.server;

import org.jspecify.annotations.NullMarked;
