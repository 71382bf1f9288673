/**
 * What an OCC enclave on AWS Nitro needs of its platform: typed calls to the Nitro Secure Module,
 * the signer built on them, and vsock sockets to the parent instance. Start reading at {@link
 * dev.occ.signer.nitro.NitroSigner}; {@link dev.occ.signer.nitro.Nsm} and {@link
 * dev.occ.signer.nitro.Vsock} are of use on their own.
 */
@NullMarked
package dev.occ.signer.nitro;

import org.jspecify.annotations.NullMarked;
