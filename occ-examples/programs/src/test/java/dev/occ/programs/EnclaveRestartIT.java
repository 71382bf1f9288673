package dev.occ.programs;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The enclave program as a process: killed under load, ended politely, and misused. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Unix sockets and Linux's signals")
final class EnclaveRestartIT {
  private static final int KILLS = 20;
  private static final int THREADS = 3;
  private static final int PROOFS_BEFORE_KILL = 12;
  private static final int SIGTERM_EXIT = 128 + 15;

  /** Directly under /tmp, because the path of a Unix socket has at most 107 bytes. */
  private Path folder = Path.of("/");

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "occ-it");
  }

  @AfterEach
  void cleanUp() throws IOException {
    started.forEach(Process::destroyForcibly);
    Files.deleteIfExists(socket());
    Files.delete(folder);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void kill_underLoadManyTimes_losesNothingThatWasHandedOut() throws Exception {
    Queue<Proof> proofs = new ConcurrentLinkedQueue<>();
    Queue<EnclaveException> failures = new ConcurrentLinkedQueue<>();
    Set<String> epochsReported = new HashSet<>();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (EnclaveClient client =
        EnclaveClient.builder(EnclaveAddress.parse("unix:" + socket()))
            .epochListener(
                (before, now) -> {
                  synchronized (epochsReported) {
                    epochsReported.add(now);
                  }
                })
            .build()) {
      for (int i = 0; i < KILLS; i++) {
        Process enclave = start("--listen", "unix:" + socket());
        CountDownLatch enough = new CountDownLatch(PROOFS_BEFORE_KILL);
        List<Future<?>> clients = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          int chain = t % 2;
          clients.add(
              pool.submit(() -> commitUntilItFails(client, chain, proofs, failures, enough)));
        }
        assertThat(enough.await(1, TimeUnit.MINUTES)).isTrue();
        enclave.destroyForcibly();
        assertThat(enclave.waitFor(1, TimeUnit.MINUTES)).isTrue();
        for (Future<?> done : clients) {
          assertThat(done.get(1, TimeUnit.MINUTES)).isNull();
        }
        assertThat(downReason(client)).isEqualTo(EnclaveException.Reason.UNAVAILABLE);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(failures).hasSize(KILLS * THREADS);
    assertThat(failures)
        .allSatisfy(e -> assertThat(e.reason()).isEqualTo(EnclaveException.Reason.UNAVAILABLE));
    Map<String, Integer> proofsPerEpoch = assertSound(proofs);
    assertThat(proofsPerEpoch).hasSize(KILLS);
    assertThat(epochsReported).as("each epoch but the first is reported as new").hasSize(KILLS - 1);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void sigterm_whileServing_endsCleanlyAndRemovesTheSocket() throws Exception {
    Process enclave = start("--listen", "unix:" + socket(), "--listen", "tcp:127.0.0.1:0");
    assertThat(Files.getPosixFilePermissions(socket()))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    enclave.destroy();
    assertThat(enclave.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(enclave.exitValue()).isEqualTo(SIGTERM_EXIT);
    assertThat(socket()).doesNotExist();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void allowUser_otherUser_isTurnedAway() throws Exception {
    EnclaveAddress address = EnclaveAddress.parse("unix:" + socket());
    Process closed = start("--listen", address.toString(), "--allow-user", "nobody-of-this-name");
    try (EnclaveClient client = EnclaveClient.open(address)) {
      assertThat(downReason(client)).isEqualTo(EnclaveException.Reason.UNAVAILABLE);
    }
    closed.destroy();
    assertThat(closed.waitFor(30, TimeUnit.SECONDS)).isTrue();

    Process open =
        start("--listen", address.toString(), "--allow-user", System.getProperty("user.name"));
    try (EnclaveClient client = EnclaveClient.open(address)) {
      assertThat(client.health().chains()).isZero();
    }
    open.destroy();
    assertThat(open.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static EnclaveException.Reason downReason(EnclaveClient client) {
    try {
      assertThat(client.health()).isNull();
      throw new AssertionError("a dead enclave answered");
    } catch (EnclaveException e) {
      return e.reason();
    }
  }

  private static void commitUntilItFails(
      EnclaveClient client,
      int chain,
      Queue<Proof> proofs,
      Queue<EnclaveException> failures,
      CountDownLatch enough) {
    try {
      for (int n = 0; ; n++) {
        Slot slot = client.allocateSlot("chain-" + chain);
        Bytes digest = Bytes.sha256(("artifact " + n).getBytes(StandardCharsets.UTF_8));
        proofs.add(client.commitDigest(CommitRequest.of(slot.id(), digest)));
        enough.countDown();
      }
    } catch (EnclaveException e) {
      failures.add(e);
    }
  }

  /** Every proof verifies, and no counter of a chain is used twice, for a slot or a commit. */
  private static Map<String, Integer> assertSound(Queue<Proof> proofs) throws Exception {
    ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
    Map<String, Integer> perEpoch = new HashMap<>();
    Set<String> counters = new HashSet<>();
    Set<Bytes> previous = new HashSet<>();
    for (Proof proof : proofs) {
      ValidProof verified = verifier.verifyProofOnly(proof).orElseThrow();
      String epoch = verified.epochId().orElseThrow();
      perEpoch.merge(epoch, 1, Integer::sum);
      for (Counter counter :
          List.of(verified.counter().orElseThrow(), verified.slotCounter().orElseThrow())) {
        assertThat(counters.add(epoch + verified.chain() + counter)).as("used once").isTrue();
      }
      verified.previous().ifPresent(p -> assertThat(previous.add(p)).as("no fork").isTrue());
    }
    return perEpoch;
  }

  private Path socket() {
    return folder.resolve("enclave.sock");
  }

  /** Starts the program with the software signer; returns when it says that it serves. */
  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-jar"));
    command.add(
        Path.of(System.getProperty("occ.root"), "occ-examples/programs/target/occ.jar").toString());
    command.addAll(List.of("enclave", "--signer", "soft"));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    BufferedReader log = process.errorReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      if (line.contains("serving on")) {
        return process;
      }
    }
    throw new AssertionError("the enclave did not start:\n" + seen);
  }
}
