/** What runs inside an enclave: the enclave program, and vsock as a transport of its protocol. */
module dev.occ.enclave.program {
  requires transitive dev.occ.core;
  requires dev.occ.signer.nitro;
  requires jdk.net;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.enclave.program;

  provides dev.occ.enclave.TransportProvider with
      dev.occ.enclave.program.VsockTransport;
}
