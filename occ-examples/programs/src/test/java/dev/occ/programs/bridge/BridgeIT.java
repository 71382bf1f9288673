package dev.occ.programs.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.Slot;
import dev.occ.programs.ProjectFiles;
import dev.occ.proof.Bytes;
import dev.occ.signer.SignerProvider;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The bridge program as a process, in front of an enclave server. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Unix sockets and Linux's signals")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class BridgeIT {
  @Test
  void bridge_inFrontOfAnEnclave_servesAClientAndEndsOnSigterm() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "occ-bridge-it");
    EnclaveAddress enclave = EnclaveAddress.parse("unix:" + folder.resolve("e.sock"));
    Process bridge = null;
    try (Epoch epoch = Epoch.open(SignerProvider.named("soft").open(Map.of()));
        EnclaveServer server =
            EnclaveServer.builder(epoch).listener(EnclaveListener.open(enclave)).start()) {
      EnclaveAddress near = EnclaveAddress.parse("tcp:127.0.0.1:" + freePort());
      bridge = start(near, enclave);
      try (EnclaveClient client = EnclaveClient.open(near)) {
        assertThat(client.health().identity().epochId()).isEqualTo(epoch.id());
        Slot slot = client.allocateSlot();
        Bytes digest = Bytes.sha256(new byte[] {1});
        assertThat(client.commitDigest(CommitRequest.of(slot.id(), digest)).artifactDigest())
            .isEqualTo(digest);
      }
      bridge.destroy();
      assertThat(bridge.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(bridge.exitValue()).isEqualTo(128 + 15);
      assertThat(server).isNotNull();
    } finally {
      if (bridge != null) {
        bridge.destroyForcibly();
      }
      Files.delete(folder);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns when the program says that it listens. */
  private static Process start(EnclaveAddress from, EnclaveAddress to) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar").toString(),
                    "bridge",
                    "--listen",
                    from.toString(),
                    "--to",
                    to.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log = process.errorReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      if (line.contains("from " + from)) {
        return process;
      }
    }
    process.destroyForcibly();
    throw new AssertionError("the bridge did not start:\n" + seen);
  }
}
