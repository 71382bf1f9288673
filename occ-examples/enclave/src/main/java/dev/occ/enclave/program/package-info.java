/**
 * What runs inside an enclave, apart from the signer and the protocol: vsock as a transport, the
 * peers that may connect, and an orderly end. Start reading at {@link
 * dev.occ.enclave.program.VsockTransport}.
 */
@NullMarked
package dev.occ.enclave.program;

import org.jspecify.annotations.NullMarked;
