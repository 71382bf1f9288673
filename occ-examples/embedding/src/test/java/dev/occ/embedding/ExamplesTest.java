package dev.occ.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  private static final String SOME_PCR0 = "5a".repeat(48);

  @TempDir private Path folder;

  @Test
  void sign_twoFiles_writesLinkedProofs() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "1");
    Path two = Files.writeString(folder.resolve("two"), "2");
    SignExample.sign(List.of(one, two));
    Proof first = Proof.read(Files.readAllBytes(folder.resolve("one.occ.json")));
    Proof second = Proof.read(Files.readAllBytes(folder.resolve("two.occ.json")));
    assertThat(first.commit().counter()).contains(Counter.of(2));
    assertThat(second.commit().prev()).contains(first.sealedHash());
  }

  @Test
  void verify_softwareProof_isRefusedByAPolicyForEnclaves() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    SignExample.sign(List.of(file));
    assertThat(VerifyExample.verify(file, folder.resolve("one.occ.json"), SOME_PCR0))
        .startsWith("refused: policy-enforcement");
  }

  @Test
  void verify_changedFile_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    SignExample.sign(List.of(file));
    Files.writeString(file, "2");
    assertThat(VerifyExample.verify(file, folder.resolve("one.occ.json"), SOME_PCR0))
        .startsWith("refused: artifact-mismatch");
  }

  @Test
  void verify_unreadableProof_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    assertThat(VerifyExample.verify(file, file, SOME_PCR0)).startsWith("refused: malformed");
  }
}
