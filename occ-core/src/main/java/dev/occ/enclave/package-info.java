/**
 * The enclave protocol (spec 13): one JSON request, one JSON response over a stream. Start reading
 * at {@link dev.occ.enclave.EnclaveServer}, which puts an epoch behind sockets, and {@link
 * dev.occ.enclave.EnclaveClient}, which talks to one.
 */
@NullMarked
package dev.occ.enclave;

import org.jspecify.annotations.NullMarked;
