package dev.occ.examples.bench;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** {@code run verify}. */
final class VerifyTables {
  private static final Map<String, String> CASES = new LinkedHashMap<>();

  static {
    CASES.put("stub", "(a) stub, slot");
    CASES.put("attested", "(b) attested, path cached");
    CASES.put("cold", "(c) attested, cold path");
  }

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
          "gain");

  VerifyTables(Settings settings) {
    this.settings = settings;
  }

  Table print() throws RunnerException {
    String all = String.join("|", CASES.keySet());
    for (Crypto crypto : Crypto.available()) {
      Measured one = Measured.run(options(VerifyBenchmark.class, "(" + all + ")(Floor)?", crypto));
      Measured two = Measured.run(options(VerifyBenchmark.class, all, crypto).threads(2));
      CASES.forEach(
          (method, title) -> {
            double twice = two.micros(method);
            row(title, crypto, one, method, number(2e6 / twice), times(2, one, method, twice));
          });
      if (Files.exists(RealProofBenchmark.file())) {
        Measured real = Measured.run(options(RealProofBenchmark.class, "real|realFloor", crypto));
        row("a Nitro proof of 2026-03-21, path cached", crypto, real, "real", "", "");
      }
    }
    return table;
  }

  private ChainedOptionsBuilder options(Class<?> benchmarks, String methods, Crypto crypto) {
    return Measured.options(settings, benchmarks, methods).param("crypto", crypto.name());
  }

  private void row(
      String title, Crypto crypto, Measured one, String method, String two, String gain) {
    double floor = one.micros(method + "Floor");
    table.row(
        title,
        crypto.title(),
        one.microsWithError(method),
        one.microsWithError(method + "Floor"),
        Table.times(one.micros(method) / floor),
        number(1e6 / one.micros(method)),
        two,
        gain);
  }

  private static String times(int threads, Measured one, String method, double twice) {
    return Table.times(threads * one.micros(method) / twice);
  }

  private static String number(double value) {
    return Table.number(value);
  }
}
