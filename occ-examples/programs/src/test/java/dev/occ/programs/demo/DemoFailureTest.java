package dev.occ.programs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ArtifactDigest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The demo's assertions can fail: when a step does the wrong thing, the demo says so. */
class DemoFailureTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final Screen screen = new Screen(new PrintWriter(out), Ansi.OFF);
  private final ArtifactDigest artifact = ArtifactDigest.ofContent(CONTENT);
  private Epoch epoch;
  private DemoFiles files;

  @BeforeEach
  void open() throws Exception {
    epoch = Epoch.open(SoftSigner.open());
    Path file = Files.write(folder.resolve("file"), CONTENT);
    files = new DemoFiles(file, folder.resolve("proof"), Optional.empty());
  }

  @AfterEach
  void close() {
    epoch.close();
  }

  @Test
  void verification_ofASpoiltProof_fails() throws Exception {
    byte[] document = proof(artifact.digest()).toBytes();
    String spoilt =
        new String(document, StandardCharsets.UTF_8)
            .replace("\"counter\":\"2\"", "\"counter\":\"3\"");
    Files.writeString(files.proof(), spoilt);
    assertThatThrownBy(() -> new DemoVerification(screen, files).run(artifact, epoch))
        .isInstanceOf(DemoFailedException.class);
  }

  @Test
  void verification_ofAnotherEpochsProof_fails() throws Exception {
    Files.write(files.proof(), proof(artifact.digest()).toBytes());
    try (Epoch other = Epoch.open(SoftSigner.open())) {
      assertThatThrownBy(() -> new DemoVerification(screen, files).run(artifact, other))
          .isInstanceOf(DemoFailedException.class);
    }
  }

  @Test
  void verification_ofTheRightProof_passes() throws Exception {
    Files.write(files.proof(), proof(artifact.digest()).toBytes());
    new DemoVerification(screen, files).run(artifact, epoch);
    assertThat(out.toString()).contains("Proven:").contains("Not proven:");
  }

  @Test
  void forgeries_whenTheChangedFileIsTheProvenOne_fail() throws Exception {
    byte[] changed = CONTENT.clone();
    changed[0] ^= 1;
    Proof proof = proof(Bytes.sha256(changed));
    assertThatThrownBy(() -> new DemoForgeries(screen, files).run(proof))
        .isInstanceOf(DemoFailedException.class);
  }

  @Test
  void unless_theConditionHolds_throwsTheExpectation() throws Exception {
    DemoFailedException.unless(true, "never seen");
    assertThatThrownBy(() -> DemoFailedException.unless(false, "the sun rises"))
        .isInstanceOf(DemoFailedException.class)
        .hasMessageContaining("the sun rises");
  }

  private Proof proof(Bytes digest) throws Exception {
    return epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), digest));
  }
}
