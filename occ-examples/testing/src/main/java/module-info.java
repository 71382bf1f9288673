/**
 * An OCC server inside a test's process: real proofs by the software signer, and faults to order.
 */
module dev.occ.testing {
  requires transitive dev.occ.verifier;
  requires dev.occ.signer.soft;
  requires jdk.httpserver;
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static com.google.errorprone.annotations;

  exports dev.occ.testing;
}
