package dev.occ.bench;

import dev.occ.signer.soft.SoftAttestationAuthority;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code run bulk}: the standalone verifier over many proofs, beside what (b) promises. */
final class BulkTable {
  private static final int JOBS = 2;
  private static final String MAIN = "dev.occ.verifier.cli.OccVerify";

  private final Settings settings;
  private final BenchPrograms programs;

  BulkTable(Settings settings) {
    this.settings = settings;
    programs = new BenchPrograms(settings.root());
  }

  Table print() throws Exception {
    Table table =
        new Table(
            "crypto",
            "proofs",
            "MB",
            "heap",
            "seconds",
            "proofs/s",
            "2 × (b), proofs/s",
            "fraction");
    Path folder = Files.createTempDirectory("occ-bulk");
    try {
      BulkProofs proofs = BulkProofs.make(folder, settings.count());
      for (Crypto crypto : Crypto.available()) {
        row(table, crypto, proofs, folder.resolve("verdicts"));
      }
    } finally {
      BenchPrograms.delete(folder);
    }
    return table;
  }

  private void row(Table table, Crypto crypto, BulkProofs proofs, Path verdicts) throws Exception {
    requireCrypto(crypto, verdicts);
    double seconds = BenchPrograms.run(verdicts, command(crypto, proofs).toArray(String[]::new));
    requireAllValid(verdicts);
    double rate = settings.count() / seconds;
    double promised = JOBS * 1e6 / attestedMicros(crypto);
    table.row(
        crypto.title(),
        Table.count(settings.count()),
        Table.number(Files.size(proofs.proofs()) / 1e6),
        "256 MiB",
        Table.number(seconds),
        Table.number(rate),
        Table.number(promised),
        Table.number(rate / promised));
  }

  /** Measured in the same minute, with one thread. */
  private double attestedMicros(Crypto crypto) throws Exception {
    return Measured.run(
            Measured.options(settings, VerifyBenchmark.class, "attested")
                .param("crypto", crypto.name()))
        .micros("attested");
  }

  /** When Corretto's jar stands beside the verifier's, it is used. */
  private String classPath(Crypto crypto) {
    String jar = programs.verifyJar().toString();
    return crypto.jar().map(other -> jar + File.pathSeparator + other).orElse(jar);
  }

  private void requireCrypto(Crypto crypto, Path log) throws Exception {
    String path = classPath(crypto) + File.pathSeparator + BenchPrograms.classes();
    BenchPrograms.run(log, BenchPrograms.java(), "-cp", path, WhichCrypto.class.getName());
    Require.holds(
        Files.readString(log).strip().equals(crypto.providerName()),
        "the standalone verifier uses " + crypto.providerName());
  }

  private List<String> command(Crypto crypto, BulkProofs proofs) {
    return List.of(
        BenchPrograms.java(),
        "-Xmx256m",
        "-cp",
        classPath(crypto),
        MAIN,
        "verify",
        "--jobs",
        "" + JOBS,
        "--no-progress",
        "--policy",
        proofs.policy().toString(),
        "--root",
        SoftAttestationAuthority.FORMAT + "=" + proofs.root(),
        proofs.proofs().toString());
  }

  /** The exit code says that none was refused; the summary, that none was left out. */
  private void requireAllValid(Path verdicts) throws Exception {
    String all = ": " + settings.count() + " valid, 0 not valid";
    try (Stream<String> said = Files.lines(verdicts, StandardCharsets.UTF_8)) {
      Require.holds(said.anyMatch(line -> line.endsWith(all)), "the verifier's summary says" + all);
    }
  }
}
