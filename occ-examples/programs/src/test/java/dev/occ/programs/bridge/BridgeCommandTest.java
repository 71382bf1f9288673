package dev.occ.programs.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BridgeCommandTest {
  @ParameterizedTest
  @CsvSource({
    "here, tcp:127.0.0.1:1, --listen here",
    "tcp:127.0.0.1:0, there, --to there",
    "tcp:127.0.0.1:0, carrier-pigeon:1, --to carrier-pigeon",
    "carrier-pigeon:1, tcp:127.0.0.1:1, --listen carrier-pigeon",
    "tcp:0.0.0.0:0, tcp:127.0.0.1:1, can be reached from other machines",
    "tcp:[::]:0, tcp:127.0.0.1:1, can be reached from other machines"
  })
  void bridge_unusableAddress_saysWhich(String listen, String to, String said) {
    Run run = Run.occ("bridge", "--listen", listen, "--to", to);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "--max-connections=0",
    "--idle-timeout=0",
    "--connect-timeout=-1",
    "--stop-timeout=100000"
  })
  void bridge_limitOutOfRange_isUnusable(String limit) {
    Run run = Run.occ("bridge", "--listen", "tcp:127.0.0.1:0", "--to", "tcp:127.0.0.1:1", limit);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("must be");
  }

  @Test
  void bridge_withoutAddresses_isUnusable() {
    Run run = Run.occ("bridge");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--listen").contains("--to");
  }
}
