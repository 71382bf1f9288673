package dev.occ.enclave.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnclaveMainTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    return EnclaveMain.run(List.of(arguments), environment, new PrintStream(err, true, UTF_8));
  }

  private String said() {
    return err.toString(UTF_8);
  }

  @Test
  void run_unusableArgument_endsWithTwoAndOneLine() {
    assertThat(run(Map.of(), "--li\nsten", "x")).isEqualTo(2);
    assertThat(said()).isEqualTo("occ-enclave: unknown argument --li?sten\n");
  }

  @Test
  void run_signerThatIsNotThere_endsWithTwo() {
    assertThat(run(Map.of("OCC_SIGNER", "none"))).isEqualTo(2);
    assertThat(said()).startsWith("occ-enclave: ").contains("'none'").hasLineCount(1);
  }

  @Test
  void run_addressThatCannotBeListenedOn_endsWithTwoAndNamesIt(@TempDir Path folder) {
    Path socket = folder.resolve("missing").resolve("s");
    assertThat(run(Map.of(), "--signer", "soft", "--listen", "unix:" + socket)).isEqualTo(2);
    assertThat(said()).contains(socket.toString()).hasLineCount(1);
  }
}
