package dev.occ.programs.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.programs.Run;
import dev.occ.programs.kit.ApiKeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code occ parent} and {@code occ up} refuse before they serve anything. */
final class ParentCommandTest {
  private static final String KEY = "a-key-for-tests-0123456789";

  @TempDir private Path folder;

  @Test
  void parent_noKey_refusesToStart() {
    Run run = Run.occ("parent");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no API key");
  }

  @Test
  void parent_openAndFile_refusesToStart() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), KEY + "\n");
    Run run = Run.occ("parent", "--open", "--api-keys-file", file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exclude each other").doesNotContain(KEY);
  }

  @Test
  void parent_enclaveAndBridge_refusesToStart() {
    Run run = Run.occ("parent", "--open", "--enclave", "tcp:127.0.0.1:1", "--bridge-port", "9000");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("VSOCK_BRIDGE_PORT");
  }

  @Test
  void parent_badAddress_refusesToStart() {
    assertThat(Run.occ("parent", "--open", "--enclave", "nonsense").exitCode()).isEqualTo(2);
    assertThat(Run.occ("parent", "--open", "--port", "70000").exitCode()).isEqualTo(2);
  }

  @Test
  void parent_portTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Run parent =
          Run.occ(
              "parent",
              "--open",
              "--enclave",
              "tcp:127.0.0.1:1",
              "--management-port",
              "0",
              "--port",
              port);
      assertThat(parent.exitCode()).isEqualTo(2);
      assertThat(parent.err()).contains(port);
      Run up = Run.occ("up", "--port", port);
      assertThat(up.exitCode()).isEqualTo(2);
      assertThat(up.err()).contains(port);
    }
  }

  @Test
  void parent_openToTheNetwork_needsASecondFlag() {
    Run run = Run.occ("parent", "--open", "--host", "0.0.0.0", "--enclave", "tcp:127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--open-to-network");
    Run alone = Run.occ("parent", "--open-to-network", "--enclave", "tcp:127.0.0.1:1");
    assertThat(alone.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--trusted-proxy, 10.0.0.1/8",
    "--trusted-proxy, proxy.example",
    "--allowed-host, http://localhost",
    "--verify-max-bytes, 1",
    "--chain-quota, 0"
  })
  void parent_unusableOption_refusesToStart(String option, String value) {
    Run run = Run.occ("parent", "--open", "--enclave", "tcp:127.0.0.1:1", option, value);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void keys_unusableLine_isNamedAndNotQuoted() throws IOException {
    Path file =
        Files.writeString(folder.resolve("keys"), KEY + "\n# mobile\n" + KEY + "x nmae=m\n");
    Run run = Run.occ("parent", "--api-keys-file", file, "--enclave", "tcp:127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("line 3: word 2 is neither").doesNotContain(KEY, "nmae");
  }

  @Test
  void keys_fromFile_areOneALine() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), KEY + "\n\n  " + KEY + "x \n");
    assertThat(ApiKeySource.read(false, Optional.empty(), Optional.of(file)))
        .hasToString("2 API keys");
  }

  @Test
  void keys_fromList_areSeparatedByCommas() throws IOException {
    assertThat(ApiKeySource.read(false, Optional.of(KEY + ", " + KEY + "y"), Optional.empty()))
        .hasToString("2 API keys");
    assertThatThrownBy(() -> ApiKeySource.read(false, Optional.of(KEY + ","), Optional.empty()))
        .hasMessage("API key 2 is blank");
    assertThatThrownBy(() -> ApiKeySource.read(false, Optional.of(""), Optional.empty()))
        .hasMessageContaining("no API key");
  }
}
