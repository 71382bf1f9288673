/** Offline verification of OCC proofs, AWS Nitro attestation documents and RFC 3161 timestamps. */
module dev.occ.verifier {
  requires transitive dev.occ.core;
  requires org.bouncycastle.provider;
  // Timestamps alone need these: an application that verifies some brings them.
  requires static org.bouncycastle.pkix;
  requires static org.bouncycastle.util;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.verifier;
  exports dev.occ.verifier.attestation;
  exports dev.occ.verifier.chain;
  exports dev.occ.verifier.crypto;
  exports dev.occ.verifier.timestamp;
}
