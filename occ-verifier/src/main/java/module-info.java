/** Offline verification of OCC proofs and of AWS Nitro attestation documents. */
module dev.occ.verifier {
  requires transitive dev.occ.core;
  requires org.bouncycastle.provider;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;
  // For the command line only; whoever embeds the verifier goes without it.
  requires static info.picocli;
  requires static transitive org.jspecify;
  requires static transitive com.google.errorprone.annotations;

  exports dev.occ.verifier;
  exports dev.occ.verifier.attestation;

  opens dev.occ.verifier.cli to
      info.picocli;
}
