/**
 * Everything that runs only inside an AWS Nitro enclave: the NSM, its signer, and vsock sockets.
 */
module dev.occ.signer.nitro {
  requires transitive dev.occ.signer;
  requires com.sun.jna;
  requires org.bouncycastle.provider;
  requires org.newsclub.net.unix;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.signer.nitro;

  provides dev.occ.signer.SignerProvider with
      dev.occ.signer.nitro.NitroSignerProvider;
}
