/** The contract that every signer must fulfil, as tests to extend. */
module dev.occ.signer.testkit {
  requires transitive dev.occ.signer;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.signer.testkit;
}
