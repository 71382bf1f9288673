package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders whose proofs are compared with the files that they belong to. */
class VerifyFilesTest {
  @TempDir private Path temp;
  private Path folder;
  private final byte[] proof = SoftProofs.proof().toBytes();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("photos"));
    Files.createDirectory(folder.resolve("inner"));
  }

  private Path artifact(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), SoftProofs.ARTIFACT);
    Files.write(proofOf(file), proof);
    return file;
  }

  private static Path proofOf(Path file) {
    return Path.of(file + ".occ.json");
  }

  @Test
  void verify_filesAsProven_saysThatEachWasCompared() throws IOException {
    artifact("a.txt");
    artifact("inner/b.txt");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .contains("2 proofs: 2 valid, 0 not valid\nEach proof was compared with its file.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--jobs=1", "--jobs=8"})
  void verify_everyFileChanged_noneIsValid(String jobs) throws IOException {
    for (String name : List.of("a.txt", "b.txt", "inner/c.txt")) {
      Files.writeString(artifact(name), "changed");
    }

    Run run = Run.of("verify", jobs, folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "a.txt.occ.json  artifact-mismatch",
            "3 proofs: 0 valid, 3 not valid (artifact-mismatch 3)\nEach proof was compared");
  }

  @Test
  void verify_missingFile_isNotValidForTheFolder() throws IOException {
    Files.delete(artifact("a.txt"));
    artifact("b.txt");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "file-missing: " + folder.resolve("a.txt") + " is missing",
            "2 proofs: 1 valid, 1 not valid (file-missing 1)",
            "1 of 2 proofs were compared with their files.");
  }

  @Test
  void verify_missingFileAsJson_isNotValidAndNamed() throws IOException {
    Path file = artifact("a.txt");
    Files.delete(file);

    Run run = Run.of("verify", "--json", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("valid").booleanValue()).isFalse();
    assertThat(run.json().required("reason").stringValue()).isEqualTo("file-missing");
    assertThat(run.json().required("file").stringValue()).isEqualTo(file.toString());
    assertThat(run.json().has("claims")).isFalse();
    assertThat(run.err()).contains("1 not valid", "no file was compared");
  }

  @Test
  void verify_comparedFileAsJson_isNamed() throws IOException {
    Path file = artifact("a.txt");

    Run run = Run.of("verify", "--json", folder);

    assertThat(run.code()).isZero();
    assertThat(run.json().required("file").stringValue()).isEqualTo(file.toString());
    assertThat(run.json().at("/claims/artifactCompared").booleanValue()).isTrue();
  }

  @Test
  void verify_proofsOnly_comparesNothingAndSaysSo() throws IOException {
    Files.writeString(artifact("a.txt"), "changed");

    Run run = Run.of("verify", "--proofs-only", folder);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("1 proof: 1 valid, 0 not valid\nProofs only; no file was compared.\n");
  }

  @Test
  void verify_namedFiles_saysThatNoneWasCompared() throws IOException {
    Path one = proofOf(artifact("a.txt"));
    Path two = proofOf(artifact("b.txt"));

    assertThat(Run.of("verify", one, two).out()).contains("Proofs only; no file was compared.\n");
    assertThat(Run.of("verify", one, folder).out())
        .contains("2 of 3 proofs were compared with their files.");
  }

  @Test
  void verify_invalidProofOfMissingFile_hasItsOwnReason() throws IOException {
    Path file = artifact("a.txt");
    Files.delete(file);
    Files.writeString(proofOf(file), "{}");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("malformed").doesNotContain("file-missing");
  }

  @Test
  void verify_proofThatNamesNoFile_isNotValidForTheFolder() throws IOException {
    Files.write(folder.resolve("proof.json"), proof);
    Files.write(folder.resolve(".occ.json"), proof);

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("2 not valid (file-not-named 2)", "--proofs-only");
  }

  @Test
  void verify_severalProofsOfOneFile_eachIsCompared() throws IOException {
    Path file = artifact("a.txt");
    String other = "{\"artifact\":1}";
    String text = new String(proof, StandardCharsets.UTF_8);
    Files.writeString(proofOf(file), "[" + text + "," + other + "," + text + "]");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("3 proofs: 2 valid, 1 not valid", "2 of 3 proofs were compared");
    Files.writeString(file, "changed");
    assertThat(Run.of("verify", folder).out())
        .contains("0 valid, 3 not valid (artifact-mismatch 2, malformed 1)");
  }

  @Test
  void verify_proofOfAnotherFile_differs() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "not the artifact");
    Files.write(proofOf(file), proof);
    Files.write(folder.resolve("b.txt"), SoftProofs.ARTIFACT);

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("artifact-mismatch 1", "1 file has no proof.");
  }

  @Test
  void verify_linksAndFolders_inAFilesPlace() throws IOException {
    Path linked = artifact("linked.txt");
    Path target = Files.move(linked, temp.resolve("elsewhere"));
    Files.createSymbolicLink(linked, target);
    Path dangling = artifact("dangling.txt");
    Files.delete(dangling);
    Files.createSymbolicLink(dangling, temp.resolve("none"));
    Path inFolder = artifact("folder.txt");
    Files.delete(inFolder);
    Files.createDirectory(inFolder);

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "✓ valid      " + proofOf(linked),
            "file-missing: " + dangling + " leads nowhere",
            "file-not-regular: " + inFolder + " is a folder");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void verify_deviceOrPipeInAFilesPlace_holdsNothingUp() throws Exception {
    Path device = artifact("a.txt");
    Files.delete(device);
    Files.createSymbolicLink(device, Path.of("/dev/zero"));
    Path pipe = artifact("b.txt");
    Files.delete(pipe);
    assumeTrue(mkfifo(pipe), "no mkfifo here");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("2 not valid (file-not-regular 2)");
  }

  private static boolean mkfifo(Path path) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its length says 0, as that of a file that grows while it is read would say too little. */
  @Test
  void verify_fileThatIsLongerThanItSays_hasChanged() throws IOException {
    Path source = Path.of("/proc/self/status");
    assumeTrue(Files.exists(source), "no /proc here");
    Path file = artifact("a.txt");
    Files.delete(file);
    Files.createSymbolicLink(file, source);

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("file-changed: " + file + " changed while it was read");
  }

  @Test
  void verify_fileThatCannotBeRead_isNoVerdict() throws IOException {
    Path file = artifact("a.txt");
    assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "runs as root");

    Run run = Run.of("verify", folder);

    run.assertUnusable("a.txt cannot be read: permission denied");
    assertThat(run.out()).contains("0 proofs: 0 valid, 0 not valid, 1 not readable");
  }

  @Test
  void verify_jsonFileWithAProof_isAnArtifact() throws IOException {
    artifact("config.json");
    artifact("lines.jsonl");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("2 proofs: 2 valid");
  }

  @Test
  void verify_filesWithoutProof_areCounted() throws IOException {
    artifact("a.txt");
    Files.writeString(folder.resolve("b.txt"), "new");
    Files.writeString(folder.resolve("inner/c.txt"), "new");
    Files.writeString(folder.resolve(".hidden"), "not counted");

    Run run = Run.of("verify", folder);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Each proof was compared with its file. 2 files have no proof.");
    assertThat(Run.of("verify", "--proofs-only", folder).out()).doesNotContain("no proof");
  }

  @Test
  void verify_proofsInAFolderOfTheirOwn_areComparedBelowFiles() throws IOException {
    Path file = artifact("inner/a.txt");
    Path out = temp.resolve("out");
    Files.createDirectories(out.resolve("photos/inner"));
    Files.move(proofOf(file), out.resolve("photos/inner/a.txt.occ.json"));

    assertThat(Run.of("verify", out).out()).contains("file-missing");
    Run run = Run.of("verify", out, "--files", temp);
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("Each proof was compared with its file.");
    assertThat(Run.of("verify", out.resolve("photos"), "--files", folder).code()).isZero();
    Files.writeString(file, "changed");
    assertThat(Run.of("verify", out, "--files", temp).code()).isEqualTo(1);
  }

  @Test
  void verify_filesWithoutUse_exits2() throws IOException {
    Path one = proofOf(artifact("a.txt"));

    Run.of("verify", one, "--files", folder).assertUnusable("exactly one folder");
    Run.of("verify", folder, folder, "--files", folder).assertUnusable("exactly one folder");
    Run.of("verify", folder, "--files", one).assertUnusable("is not a folder");
    Run.of("verify", folder, "--files", folder, "--proofs-only").assertUnusable("exclude");
  }

  @Test
  void verify_failFast_stopsAtAMissingFile() throws IOException {
    Files.delete(artifact("a.txt"));
    artifact("b.txt");

    Run run = Run.of("verify", "--fail-fast", "--json", folder);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.jsonLines()).hasSize(1);
  }
}
