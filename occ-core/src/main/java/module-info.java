/** Proofs, canonical JSON, epochs with slots and counters, and the enclave protocol. */
module dev.occ.core {
  requires transitive dev.occ.signer;
  requires org.slf4j;
  requires tools.jackson.core;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.agency;
  exports dev.occ.anchor;
  exports dev.occ.enclave;
  exports dev.occ.epoch;
  exports dev.occ.json;
  exports dev.occ.proof;

  uses dev.occ.enclave.TransportProvider;
}
