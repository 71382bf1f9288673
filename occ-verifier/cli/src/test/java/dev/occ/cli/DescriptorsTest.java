package dev.occ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
  @TempDir private Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes symbolic links")
  void isTerminal_linux_goesByTheDescriptorAndNotByTheConsole() throws IOException {
    link("0", "/dev/pts/3");
    link("1", "/dev/tty1");
    link("2", "/dev/console");
    link("3", "/tmp/file");
    link("4", "pipe:[123]");
    Descriptors noConsole = new Descriptors(folder, () -> false);
    for (int terminal = 0; terminal <= 2; terminal++) {
      assertThat(noConsole.isTerminal(terminal)).isTrue();
    }
    Descriptors console = new Descriptors(folder, () -> true);
    for (int other = 3; other <= 5; other++) {
      assertThat(console.isTerminal(other)).isFalse();
    }
    for (int i = 0; i <= 4; i++) {
      Files.delete(folder.resolve(String.valueOf(i))); // or JUnit warns of links that lead out
    }
  }

  private void link(String descriptor, String target) throws IOException {
    assertThat(Files.createSymbolicLink(folder.resolve(descriptor), Path.of(target)))
        .isSymbolicLink();
  }

  @Test
  void isTerminal_whereThereIsNoProc_goesByTheConsole() {
    Path missing = folder.resolve("none");
    assertThat(new Descriptors(missing, () -> true).isTerminal(1)).isTrue();
    assertThat(new Descriptors(missing, () -> true).isTerminal(2)).isTrue();
    assertThat(new Descriptors(missing, () -> false).isTerminal(1)).isFalse();
  }
}
