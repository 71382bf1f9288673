package dev.occ.bench;

import dev.occ.proof.Proof;
import org.openjdk.jmh.runner.RunnerException;

/** {@code run commit}, {@code run json} and {@code run link}. */
final class LibraryTables {
  private final Settings settings;

  LibraryTables(Settings settings) {
    this.settings = settings;
  }

  /** Commits beside their floor, with one thread and with two. */
  Table commit() throws RunnerException {
    Table table =
        new Table("chains", "threads", "µs", "floor µs", "ratio", "commits/s", "bytes allocated");
    for (int threads = 1; threads <= 2; threads++) {
      Measured measured =
          Measured.run(
              Measured.options(settings, CommitBenchmark.class, "oneChain|manyChains|floor")
                  .threads(threads));
      for (String method : new String[] {"oneChain", "manyChains"}) {
        table.row(
            method.equals("oneChain") ? "one" : "64",
            "" + threads,
            measured.microsWithError(method),
            measured.microsWithError("floor"),
            Table.times(measured.micros(method) / measured.micros("floor")),
            Table.number(threads * 1e6 / measured.micros(method)),
            Table.count(Math.round(measured.allocated(method))));
      }
    }
    return table;
  }

  /** What reading and canonical writing take and allocate. */
  Table json() throws Exception {
    Table table =
        new Table(
            "proof",
            "bytes",
            "of them Base64 report",
            "operation",
            "MB/s",
            "bytes allocated",
            "for each byte of the document");
    for (boolean attested : new boolean[] {false, true}) {
      Proof proof = JsonBenchmark.Document.make(attested);
      int length = proof.toBytes().length;
      int report =
          proof.environment().attestation().map(a -> a.report().toBase64().length()).orElse(0);
      Measured measured =
          Measured.run(
              Measured.options(settings, JsonBenchmark.class, "characters|tree|proof|canonical")
                  .param("attested", "" + attested));
      for (String method : new String[] {"characters", "tree", "proof", "canonical"}) {
        table.row(
            attested ? "attested" : "stub",
            Table.count(length),
            Table.count(report),
            method,
            Table.number(length / measured.micros(method)),
            Table.count(Math.round(measured.allocated(method))),
            Table.number(measured.allocated(method) / length));
      }
    }
    return table;
  }

  /** Round trips of the enclave protocol. */
  Table link() throws RunnerException {
    Table table = new Table("socket", "request", "µs", "a second");
    for (LinkTransport transport : LinkTransport.available()) {
      Measured measured =
          Measured.run(
              Measured.options(settings, LinkBenchmark.class, "keepAlive|oneShot|commit")
                  .param("transport", transport.name()));
      for (String method : new String[] {"keepAlive", "oneShot", "commit"}) {
        table.row(
            transport.title(),
            title(method),
            measured.microsWithError(method),
            Table.number(1e6 / measured.micros(method)));
      }
    }
    return table;
  }

  private static String title(String method) {
    return switch (method) {
      case "keepAlive" -> "key, connection kept";
      case "oneShot" -> "key, a connection each";
      case "commit" -> "slot and commit, connection kept";
      default -> throw new IllegalArgumentException(method);
    };
  }
}
