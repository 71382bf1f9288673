/** Client of the HTTP API of an OCC server; it verifies each proof before it hands it over. */
module dev.occ.client {
  requires transitive dev.occ.verifier;
  requires transitive java.net.http;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.client;
}
