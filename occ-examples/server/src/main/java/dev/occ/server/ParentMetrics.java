package dev.occ.server;

import dev.occ.enclave.EnclaveIdentity;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What {@code /metrics} shows. Labels take values out of fixed sets only: calls, statuses and codes
 * that this server or the enclave protocol names; the names of keys; and the one epoch of now.
 * Thread-safe.
 */
final class ParentMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter commits =
      Counter.builder().name("occ_commits_total").help("Proofs made.").register(registry);

  private final Counter failures =
      Counter.builder()
          .name("occ_failures_total")
          .help("Requests that failed or were cut off, by call and code.")
          .labelNames("call", "code")
          .register(registry);

  private final Counter keyCommits =
      Counter.builder()
          .name("occ_key_commits_total")
          .help("Proofs made, by the key's name.")
          .labelNames("key")
          .register(registry);

  private final Counter keyFailures =
      Counter.builder()
          .name("occ_key_failures_total")
          .help("Requests with a key that failed or were cut off, by the key's name and code.")
          .labelNames("key", "code")
          .register(registry);

  private final Histogram seconds =
      Histogram.builder()
          .name("occ_request_duration_seconds")
          .help("Time from a request's header to the end of its answer, by call and status.")
          .classicOnly()
          .classicUpperBounds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 120)
          .labelNames("call", "status")
          .withoutExemplars()
          .register(registry);

  private final Info epoch =
      Info.builder()
          .name("occ_epoch_info")
          .help("The epoch that the enclave last reported.")
          .labelNames("epoch_id", "enforcement", "measurement")
          .register(registry);

  ParentMetrics() {}

  /** Adds what is asked for at each scrape. */
  void watch(EnclaveState state, PendingLedger slots) {
    gauge(
        "occ_enclave_up",
        "1 if the enclave answered the last request.",
        () -> state.isUp() ? 1 : 0);
    gauge(
        "occ_pending_slots",
        "Slots allocated by this server that may still be unused.",
        slots::size);
  }

  /** Adds how full a lane is. */
  void watch(String lane, Lane of) {
    gauge(
        "occ_" + lane + "_requests_in_flight",
        "Requests in flight or queued on the lane " + lane + ".",
        of::inUse);
    gauge(
        "occ_" + lane + "_body_bytes",
        "Bytes of request bodies held on the lane " + lane + ".",
        () -> of.bodies().taken());
  }

  private interface Value {
    double now();
  }

  private void gauge(String name, String help, Value value) {
    Object unused =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.now()))
            .register(registry);
  }

  void committed(Caller caller) {
    commits.inc();
    keyCommits.labelValues(caller.label()).inc();
  }

  /** A request was answered. */
  void answered(String call, int status, long nanos) {
    seconds.labelValues(call, Integer.toString(status)).observe(nanos / 1e9);
  }

  void failed(String call, String code) {
    failures.labelValues(call, code).inc();
  }

  /** A call failed whose caller is known. */
  void failed(String call, Caller caller, String code) {
    failed(call, code);
    if (!caller.equals(Caller.ANYONE)) {
      keyFailures.labelValues(caller.label(), code).inc();
    }
  }

  /** The text format of Prometheus, version 0.0.4. */
  byte[] scrape(EnclaveState state) throws IOException {
    Optional<EnclaveIdentity> identity = state.identity();
    identity.ifPresent(
        now ->
            epoch.setLabelValues(now.epochId(), now.enforcement().wireName(), now.measurement()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toByteArray();
  }

  static String contentType() {
    return PrometheusTextFormatWriter.CONTENT_TYPE;
  }
}
