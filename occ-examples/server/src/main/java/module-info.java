/** The HTTP parent of an enclave, with its page. */
module dev.occ.server {
  requires transitive dev.occ.core;
  requires dev.occ.verifier;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires org.eclipse.jetty.server;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.server;
}
