package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.occ.anchor.AnchorSigner;
import dev.occ.cli.ExitCode;
import dev.occ.programs.Run;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorKeyFileTest {
  private static final String SEED = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("anchor.key");
  }

  private void write(String text, String mode) throws IOException {
    Path written = Files.writeString(file, text);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path unused = Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
    }
  }

  @Test
  void create_newFile_isForItsOwnerAloneAndReadAgain() throws IOException {
    Bytes publicKey = AnchorKeyFile.create(file);
    try (AnchorSigner signer = AnchorKeyFile.read(file)) {
      assertThat(signer.publicKey().encoded()).isEqualTo(publicKey);
    }
    assertThat(Files.readString(file)).hasSize(45).endsWith("=\n");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(AnchorKeyFile.create(folder.resolve("other"))).isNotEqualTo(publicKey);
  }

  @Test
  void create_fileThatExists_isLeftAlone() throws IOException {
    write("mine", "rw-------");
    assertThat(catchThrowableOfType(IOException.class, () -> AnchorKeyFile.create(file).size()))
        .isNotNull();
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
  void read_fileOpenToOthers_isRefused(String mode) throws IOException {
    assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
    write(SEED + "\n", mode);
    IOException refusal =
        catchThrowableOfType(IOException.class, () -> AnchorKeyFile.read(file).close());
    assertThat(refusal).hasMessageContaining("chmod 600");
  }

  @ParameterizedTest
  @ValueSource(strings = {SEED, SEED + "\n", SEED + "\r\n"})
  void read_seedOnOneLine_isTheKey(String text) throws IOException {
    write(text, "r--------");
    try (AnchorSigner signer = AnchorKeyFile.read(file)) {
      assertThat(signer.publicKey().encoded().toHex())
          .startsWith("3b6a27bcceb6a42d62a3a8d02a6f0d73");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "AAAA",
        " " + SEED,
        SEED + " ",
        SEED + "\n" + SEED,
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "secret-that-must-not-be-quoted*"
      })
  void read_noKey_isRefusedWithoutQuotingIt(String text) throws IOException {
    write(text, "rw-------");
    IOException refusal =
        catchThrowableOfType(IOException.class, () -> AnchorKeyFile.read(file).close());
    assertThat(refusal).hasMessageContaining("not an anchor key");
    if (!text.isBlank()) {
      assertThat(refusal).hasMessageNotContaining(text.strip());
    }
    assertThat(refusal).hasNoCause();
  }

  @Test
  void anchorKey_command_makesOneAndShowsItsPublicHalf() throws IOException {
    Run made = Run.occ("anchor-key", file);
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out().strip()).hasSize(44);
    Run shown = Run.occ("anchor-key", "--show", file);
    assertThat(shown.out()).isEqualTo(made.out());
    assertThat(made.out()).doesNotContain(Files.readString(file).strip());
    Run again = Run.occ("anchor-key", file);
    assertThat(again.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(again.err()).contains(file.toString()).doesNotContain("\tat ");
    assertThat(Run.occ("anchor-key", "--show", file).out()).isEqualTo(made.out());
  }

  @Test
  void anchor_withoutItsKey_isRefusedBeforeAnything() throws IOException {
    Path state = folder.resolve("state");
    Run run = Run.occ("anchor", "--once", "--rpc", "http://127.0.0.1:1", "--state", state);
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("--anchor-key-file");
    write("x", "rw-------");
    Run noKey =
        Run.occ(
            "anchor",
            "--once",
            "--rpc",
            "http://127.0.0.1:1",
            "--url",
            "http://127.0.0.1:1",
            "--anchor-key-file",
            file,
            "--state",
            state);
    assertThat(noKey.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(noKey.err()).contains("not an anchor key");
    assertThat(state).doesNotExist();
  }
}
