package dev.occ.programs.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofFilesTest {
  @TempDir private Path folder;
  private Proof proof;

  @BeforeEach
  void makeProof() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      proof =
          epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), Bytes.sha256(new byte[] {1})));
    }
  }

  @Test
  void write_newName_readsBackEqual() throws Exception {
    Path path = folder.resolve("x.occ.json");
    int size = ProofFiles.write(path, proof, false);
    assertThat(Files.size(path)).isEqualTo(size);
    assertThat(Proof.read(Files.readAllBytes(path))).isEqualTo(proof);
  }

  @Test
  void write_takenName_isRefusedAndLeavesNothingBehind() throws Exception {
    Path path = Files.writeString(folder.resolve("x.occ.json"), "mine");
    assertThatThrownBy(() -> ProofFiles.write(path, proof, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(path).hasContent("mine");
    assertThat(folder).isDirectoryContaining(path::equals).satisfies(f -> assertOneFile());
  }

  @Test
  void write_takenNameToReplace_replacesIt() throws Exception {
    Path path = Files.writeString(folder.resolve("x.occ.json"), "mine");
    assertThat(ProofFiles.write(path, proof, true)).isPositive();
    assertThat(Proof.read(Files.readAllBytes(path))).isEqualTo(proof);
    assertOneFile();
  }

  @Test
  void write_failingRename_leavesNothingBehind() throws Exception {
    Path path = Files.createDirectory(folder.resolve("x.occ.json"));
    Files.writeString(path.resolve("inside"), "mine");
    assertThatThrownBy(() -> ProofFiles.write(path, proof, true))
        .isInstanceOf(java.io.IOException.class);
    assertThat(path.resolve("inside")).hasContent("mine");
    assertOneFile();
  }

  @Test
  void write_danglingLink_countsAsTaken() throws Exception {
    Path path = folder.resolve("x.occ.json");
    assertThat(Files.createSymbolicLink(path, folder.resolve("nowhere"))).isNotNull();
    assertThat(ProofFiles.isTaken(path)).isTrue();
    assertThatThrownBy(() -> ProofFiles.write(path, proof, false))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void pathFor_artifact_isItsNameAndTheSuffix() {
    assertThat(ProofFiles.pathFor(Path.of("a", "b.png"), Optional.empty()))
        .isEqualTo(Path.of("a", "b.png.occ.json"));
    assertThat(ProofFiles.pathFor(Path.of("a", "b.png"), Optional.of(Path.of("c"))))
        .isEqualTo(Path.of("c", "b.png.occ.json"));
    assertThat(ProofFiles.pathFor(Path.of("b"), Optional.empty())).isEqualTo(Path.of("b.occ.json"));
  }

  private void assertOneFile() {
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
