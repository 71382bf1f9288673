package dev.occ.programs;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the enclave program: starts it, says how long after the start the first proof was there,
 * asks for proofs at a steady rate, and says how much memory the process has then. Linux only.
 *
 * <p>Arguments: proofs per second, seconds, then the command that starts the enclave; it listens on
 * unix:/tmp/occ-load.sock.
 */
final class EnclaveLoad {
  private static final String ADDRESS = "unix:/tmp/occ-load.sock";
  private static final long RETRY_NANOS = 5_000_000;

  private EnclaveLoad() {}

  public static void main(String[] args) throws Exception {
    int rate = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    List<String> command = List.of(args).subList(2, args.length);
    try (EnclaveClient client = EnclaveClient.open(EnclaveAddress.parse(ADDRESS))) {
      long started = System.nanoTime();
      Process enclave =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        firstProof(client);
        long millis = (System.nanoTime() - started) / 1_000_000;
        System.out.println("first proof after " + millis + " ms");
        int made = steadyLoad(client, rate, seconds);
        System.out.println(made + " proofs in " + seconds + " s");
        for (String line : Files.readAllLines(Path.of("/proc/" + enclave.pid() + "/status"))) {
          if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
            System.out.println(line);
          }
        }
      } finally {
        enclave.destroy();
      }
    }
  }

  private static void firstProof(EnclaveClient client) {
    while (true) {
      try {
        Proof unused = commit(client, 0);
        return;
      } catch (EnclaveException e) {
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private static int steadyLoad(EnclaveClient client, int rate, int seconds)
      throws EnclaveException {
    long begin = System.nanoTime();
    int total = rate * seconds;
    for (int i = 1; i <= total; i++) {
      Proof unused = commit(client, i);
      long due = begin + i * 1_000_000_000L / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    return total;
  }

  private static Proof commit(EnclaveClient client, int number) throws EnclaveException {
    Slot slot = client.allocateSlot();
    Bytes digest = Bytes.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    return client.commitDigest(CommitRequest.of(slot.id(), digest));
  }
}
