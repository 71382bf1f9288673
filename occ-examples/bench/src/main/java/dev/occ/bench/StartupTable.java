package dev.occ.bench;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.epoch.CommitRequest;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code run startup}: how soon the programs are of use, and what memory they keep. */
final class StartupTable {
  private static final int RUNS = 21;
  private static final int LOAD_SECONDS = 30;
  private static final int PROOFS_PER_SECOND = 100;
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Settings settings;
  private final BenchPrograms programs;
  private final Table table = new Table("what", "median", "least", "most");

  StartupTable(Settings settings) {
    this.settings = settings;
    programs = new BenchPrograms(settings.root());
  }

  Table print() throws Exception {
    Path folder = Files.createTempDirectory("occ-startup");
    try {
      BulkProofs attested = BulkProofs.make(folder, 1);
      Path stub = folder.resolve("stub.json");
      try (BenchProofs source = BenchProofs.stub()) {
        Files.write(stub, source.next().toBytes());
      }
      Path log = folder.resolve("log");
      String jar = programs.verifyJar().toString();
      millis(
          "first verdict of occ-verify.jar, stub proof",
          () ->
              BenchPrograms.run(log, BenchPrograms.java(), "-jar", jar, "verify", stub.toString()));
      millis(
          "first verdict of occ-verify.jar, attested proof",
          () ->
              BenchPrograms.run(
                  log,
                  BenchPrograms.java(),
                  "-jar",
                  jar,
                  "verify",
                  "--policy",
                  attested.policy().toString(),
                  "--root",
                  SoftAttestationAuthority.FORMAT + "=" + attested.root(),
                  attested.proofs().toString()));
      millis("first proof of ./occ enclave", () -> firstProof(folder.resolve("enclave.sock")));
      memory(folder.resolve("enclave.sock"));
    } finally {
      BenchPrograms.delete(folder);
    }
    return table;
  }

  /** Something that takes time. */
  private interface Run {
    double seconds() throws Exception;
  }

  private void millis(String what, Run run) throws Exception {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < settings.repetitions(RUNS); i++) {
      all.add(1000 * run.seconds());
    }
    Collections.sort(all);
    table.row(
        what,
        Table.number(all.get(all.size() / 2)) + " ms",
        Table.number(all.get(0)) + " ms",
        Table.number(all.get(all.size() - 1)) + " ms");
  }

  private Process startEnclave(Path socket) throws IOException {
    return BenchPrograms.start(
        List.of(programs.occ(), "enclave", "--signer", "soft", "--listen", "unix:" + socket));
  }

  private double firstProof(Path socket) throws Exception {
    long start = System.nanoTime();
    Process enclave = startEnclave(socket);
    try (EnclaveClient client = client(socket)) {
      verified(firstOf(enclave, client));
      return (System.nanoTime() - start) / 1e9;
    } finally {
      BenchPrograms.stop(enclave);
    }
  }

  private static EnclaveClient client(Path socket) {
    return EnclaveClient.open(EnclaveAddress.parse("unix:" + socket));
  }

  /** Asks until somebody answers. */
  private static Proof firstOf(Process enclave, EnclaveClient client) throws Exception {
    long deadline = System.nanoTime() + START_NANOS;
    while (true) {
      try {
        return commit(client);
      } catch (EnclaveException e) {
        if (e.reason() != EnclaveException.Reason.UNAVAILABLE
            || !enclave.isAlive()
            || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private static Proof commit(EnclaveClient client) throws EnclaveException {
    return client.commitDigest(
        CommitRequest.of(client.allocateSlot().id(), Bytes.sha256(new byte[] {1})));
  }

  private static void verified(Proof proof) {
    Require.verified(ProofVerifier.create(BenchProofs.stubPolicy()).verifyProofOnly(proof));
  }

  private void memory(Path socket) throws Exception {
    Process enclave = startEnclave(socket);
    try (EnclaveClient client = client(socket)) {
      verified(firstOf(enclave, client));
      memoryRow("./occ enclave, resident after one proof", enclave, "VmRSS");
      long begin = System.nanoTime();
      long count = (long) settings.seconds(LOAD_SECONDS) * PROOFS_PER_SECOND;
      List<Double> resident = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        LockSupport.parkNanos(begin + i * 1_000_000_000L / PROOFS_PER_SECOND - System.nanoTime());
        verified(commit(client));
        if (i % PROOFS_PER_SECOND == 0) {
          resident.add(BenchPrograms.mebibytes(enclave, "VmRSS"));
        }
      }
      double rate = count * 1e9 / (System.nanoTime() - begin);
      Collections.sort(resident);
      table.row(
          "./occ enclave, resident under " + Table.number(rate) + " proofs/s",
          mib(resident.get(resident.size() / 2)),
          mib(resident.get(0)),
          mib(resident.get(resident.size() - 1)));
      memoryRow("./occ enclave, the most that ever was resident", enclave, "VmHWM");
    } finally {
      BenchPrograms.stop(enclave);
    }
  }

  private void memoryRow(String what, Process process, String name) throws IOException {
    table.row(what, mib(BenchPrograms.mebibytes(process, name)), "", "");
  }

  private static String mib(double value) {
    return Table.number(value) + " MiB";
  }
}
