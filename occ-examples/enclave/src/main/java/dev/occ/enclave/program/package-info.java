/**
 * What runs inside an enclave, apart from the signer and the protocol: the program that an image
 * starts, vsock as a transport, the peers that may connect, and an orderly end. Start reading at
 * {@link dev.occ.enclave.program.EnclaveMain}.
 */
@NullMarked
package dev.occ.enclave.program;

import org.jspecify.annotations.NullMarked;
