package dev.occ.bench;

import java.nio.file.Files;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code run verify}. */
final class VerifyTables {
  private static final List<Case> CASES =
      List.of(
          new Case("stub", "(a) stub, slot", 2),
          new Case("attested", "(b) attested, path cached", 2),
          // One at a time, with the making of a verifier between them: it takes long to get warm.
          new Case("cold", "(c) attested, cold path", 8));

  /**
   * What is verified.
   *
   * @param method the benchmark's; that of its floor ends with Floor
   * @param warmUp seconds of each of the iterations that do not count
   */
  private record Case(String method, String title, int warmUp) {}

  private final Settings settings;
  private final Table table =
      new Table(
          "proof",
          "crypto",
          "µs",
          "floor µs",
          "ratio",
          "proofs/s, 1 thread",
          "proofs/s, 2 threads",
          "gain",
          "the floor's gain");

  VerifyTables(Settings settings) {
    this.settings = settings;
  }

  Table print() throws RunnerException {
    for (Crypto crypto : Crypto.available()) {
      for (Case one : CASES) {
        measure(one, crypto);
      }
      if (Files.exists(RealProofBenchmark.file())) {
        Measured real = Measured.run(options(RealProofBenchmark.class, "real|realFloor", crypto));
        row("a Nitro proof of 2026-03-21, path cached", crypto, real, "real", "", "", "");
      }
    }
    return table;
  }

  private void measure(Case one, Crypto crypto) throws RunnerException {
    Measured alone = Measured.run(options(one, crypto));
    Measured both = Measured.run(options(one, crypto).threads(2));
    row(
        one.title,
        crypto,
        alone,
        one.method,
        number(2e6 / both.micros(one.method)),
        gain(alone, both, one.method),
        gain(alone, both, one.method + "Floor"));
  }

  private ChainedOptionsBuilder options(Case one, Crypto crypto) {
    ChainedOptionsBuilder options = options(VerifyBenchmark.class, one.method + "(Floor)?", crypto);
    return settings.quick() ? options : options.warmupTime(TimeValue.seconds(one.warmUp));
  }

  private ChainedOptionsBuilder options(Class<?> benchmarks, String methods, Crypto crypto) {
    return Measured.options(settings, benchmarks, methods).param("crypto", crypto.name());
  }

  private void row(
      String title,
      Crypto crypto,
      Measured one,
      String method,
      String two,
      String gain,
      String floorGain) {
    double floor = one.micros(method + "Floor");
    table.row(
        title,
        crypto.title(),
        one.microsWithError(method),
        one.microsWithError(method + "Floor"),
        Table.times(one.micros(method) / floor),
        number(1e6 / one.micros(method)),
        two,
        gain,
        floorGain);
  }

  /** How many times as many operations two threads do in the same time as one. */
  private static String gain(Measured one, Measured two, String method) {
    return Table.times(2 * one.micros(method) / two.micros(method));
  }

  private static String number(double value) {
    return Table.number(value);
  }
}
