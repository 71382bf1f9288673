/** Offline verification of OCC proofs and of AWS Nitro attestation documents. */
module dev.occ.verifier {
  requires transitive dev.occ.core;
  requires org.bouncycastle.provider;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;
  requires static transitive org.jspecify;
  requires static transitive com.google.errorprone.annotations;

  exports dev.occ.verifier;
  exports dev.occ.verifier.attestation;
}
