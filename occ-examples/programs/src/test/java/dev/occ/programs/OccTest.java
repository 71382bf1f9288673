package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OccTest {
  @Test
  void help_always_listsTheCommands() {
    Run run = Run.occ("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("demo", "commit", "verify", "inspect", "policy", "eif", "Exit codes: 0");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noCommand_isAnErrorThatShowsTheHelp() {
    Run run = Run.occ();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: occ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void unknownCommand_isAnErrorOfUse() {
    Run run = Run.occ("attest");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("attest");
  }

  @Test
  void help_ofEveryCommand_namesThisProgramOnly() {
    Deque<CommandLine> left = new ArrayDeque<>(List.of(Occ.commandLine()));
    while (!left.isEmpty()) {
      CommandLine command = left.remove();
      left.addAll(command.getSubcommands().values());
      assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
          .startsWith("Usage: occ")
          .doesNotContain("occ-verify");
    }
  }

  @Test
  void help_neededOption_isShownAsNeeded() {
    assertThat(Run.occ("stamp", "--help").out()).contains(" --tsa=URL").doesNotContain("[--tsa=");
    assertThat(Run.occ("anchor", "--help").out().replaceAll("\\s+", " "))
        .contains(" --rpc=URL [--rpc=URL]...");
    assertThat(Run.occ("chain", "verify", "--help").out()).contains("[--rpc=URL]...");
    assertThat(Run.occ("commit", "--help").out()).contains("[--tsa=URL]");
    Run run = Run.occ("stamp", "proof.json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--tsa");
  }

  @Test
  void enclave_addressThatIsTaken_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "tcp:127.0.0.1:" + taken.getLocalPort();
      Run run = Run.occ("enclave", "--signer=soft", "--listen=" + address);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("cannot listen on " + address);
    }
  }

  @Test
  void unknownOption_isAnErrorOfUse() {
    assertThat(Run.occ("demo", "--fast").exitCode()).isEqualTo(2);
    assertThat(Run.occ("commit").exitCode()).isEqualTo(2);
  }

  @Test
  void atBeforeName_isPartOfTheName(@TempDir Path folder) throws IOException {
    Path options = Files.writeString(folder.resolve("options"), "--version");

    for (String command : List.of("verify", "inspect", "commit")) {
      assertThat(Run.occ(command, "@" + options).exitCode()).as(command).isEqualTo(2);
    }
    assertThat(Run.occ("@" + options).err()).contains("@" + options);
  }

  @Test
  void version_always_namesTheProgramAndTheJdk() {
    Run run = Run.occ("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("occ ").contains("Java " + Runtime.version());
  }

  /** Whoever asks by the exit code alone must not take it for a refusal. */
  @ParameterizedTest
  @CsvSource({"Java heap space, out of memory", "-, internal error"})
  void error_ofTheJvm_isNoRefusal(String message, String said) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new Broken(message)).setErr(new PrintWriter(err));
    assertThat(Occ.run(line)).isEqualTo(2);
    assertThat(err.toString()).contains("broken: " + said);
  }

  @Command(name = "broken")
  private record Broken(String message) implements Runnable {
    @Override
    public void run() {
      throw message.equals("-") ? new StackOverflowError() : new OutOfMemoryError(message);
    }
  }
}
