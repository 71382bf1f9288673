package dev.occ.programs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.Run;
import dev.occ.proof.Proof;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class DemoCommandTest {
  private static final Pattern ESCAPE = Pattern.compile("\u001B\\[[0-9;]*m");

  @TempDir private Path folder;

  @Test
  void demo_withoutFile_provesTheLetter() throws Exception {
    Run run = Run.occ("demo", "--out", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Path letter = folder.resolve("letter.txt");
    Proof proof = Proof.read(Files.readAllBytes(folder.resolve("letter.txt.occ.json")));
    assertThat(
            ProofVerifier.create(VerificationPolicy.integrityOnly())
                .verify(proof, ArtifactDigest.ofContent(Files.readAllBytes(letter))))
        .isInstanceOf(ValidProof.class);
    assertThat(names()).containsExactly("letter.txt", "letter.txt.occ.json");
  }

  @Test
  void demo_always_saysWhatWasShownAndWhatNot() {
    String out = Run.occ("demo", "--out", folder).out();
    assertThat(out.lines().map(String::strip))
        .anyMatch(line -> line.matches("ok +signature: .*"))
        .anyMatch(line -> line.matches("ok +slot: .*"))
        .anyMatch(line -> line.matches("note +.*a software signer shows nothing about hardware,"))
        .anyMatch(line -> line.matches("refused +the same slot a second time: slot-unknown"))
        .anyMatch(line -> line.matches("refused +under a policy .*: policy-enforcement"))
        .anyMatch(
            line -> line.matches("refused +the file with one byte changed: artifact-mismatch"))
        .anyMatch(line -> line.matches("refused +the proof with one digit .*: signature-invalid"))
        .anyMatch(line -> line.matches("refused +the changed file .*: signature-invalid"))
        .anyMatch(line -> line.matches("ok +the epoch is new, and the counter starts again at 1"));
    List<String> epochs =
        out.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("epoch "))
            .map(line -> line.substring("epoch ".length()).strip())
            .toList();
    assertThat(epochs).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void demo_ofAFile_onlyReadsIt() throws Exception {
    Path file = Files.writeString(folder.resolve("a b.txt"), "content");
    Run run = Run.occ("demo", file);
    assertThat(run.exitCode()).isZero();
    assertThat(file).hasContent("content");
    assertThat(names()).containsExactly("a b.txt", "a b.txt.occ.json");
  }

  @Test
  void demo_ofAnEmptyFile_works() throws Exception {
    Path file = Files.createFile(folder.resolve("empty"));
    assertThat(Run.occ("demo", file).exitCode()).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void demo_ofAFileWithAProof_leavesThatProof() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path mine = Files.writeString(folder.resolve("file.occ.json"), "my proof");
    Run run = Run.occ("demo", file);
    assertThat(run.exitCode()).isZero();
    assertThat(mine).hasContent("my proof");
    assertThat(run.out()).contains(mine + " already exists and is not replaced");
    deleteTemporaryFolder(run);
  }

  @Test
  void demo_intoAFolderWithAProof_isRefused() throws Exception {
    assertThat(Run.occ("demo", "--out", folder).exitCode()).isZero();
    byte[] before = Files.readAllBytes(folder.resolve("letter.txt.occ.json"));
    Run run = Run.occ("demo", "--out", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("letter.txt.occ.json: already exists");
    assertThat(folder.resolve("letter.txt.occ.json")).hasBinaryContent(before);
  }

  @Test
  void demo_intoAFolderWithAnotherLetter_isRefused() throws Exception {
    Path mine = Files.writeString(folder.resolve("letter.txt"), "Dear all");
    Run run = Run.occ("demo", "--out", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("letter.txt: already exists");
    assertThat(mine).hasContent("Dear all");
  }

  @Test
  void demo_withoutAnything_usesANewFolder() throws Exception {
    Run run = Run.occ("demo");
    assertThat(run.exitCode()).isZero();
    deleteTemporaryFolder(run);
  }

  @Test
  void demo_ofNoFile_isUnusable() {
    Run missing = Run.occ("demo", folder.resolve("missing"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).hasLineCount(1).contains("missing: no such file");
    Run directory = Run.occ("demo", folder);
    assertThat(directory.exitCode()).isEqualTo(2);
    assertThat(directory.err()).hasLineCount(1).contains("is not a file");
  }

  @Test
  void demo_onATerminal_saysTheSameInColour() {
    String plain = Run.occ(Ansi.OFF, "demo", "--out", folder.resolve("1")).out();
    String coloured = Run.occ(Ansi.ON, "demo", "--out", folder.resolve("2")).out();
    assertThat(plain).doesNotContain("\u001B");
    assertThat(coloured).contains("\u001B[");
    assertThat(ESCAPE.matcher(coloured).replaceAll("").lines().map(DemoCommandTest::firstWords))
        .containsExactlyElementsOf(plain.lines().map(DemoCommandTest::firstWords).toList());
  }

  @Test
  void demo_ofAFileWhoseNameIsAnAttack_printsNoControlCharacter() throws Exception {
    Path file = Files.writeString(folder.resolve("x\u001B[2Jy"), "content");
    Run run = Run.occ("demo", file);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).doesNotContain("\u001B").contains("x\\u001b[2Jy");
  }

  /** What differs between two runs is keys and paths, which stand later in the line. */
  private static String firstWords(String line) {
    return line.length() < 13 ? line : line.substring(0, 13);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static void deleteTemporaryFolder(Run run) throws IOException {
    Path proof =
        run.out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("proof "))
            .map(line -> Path.of(line.replaceFirst("^proof +", "").replaceFirst("  \\(.*", "")))
            .findFirst()
            .orElseThrow();
    assertThat(new String(Files.readAllBytes(proof), StandardCharsets.UTF_8)).contains("occ/1");
    Path temporary = proof.getParent();
    assertThat(String.valueOf(temporary)).contains("occ-demo-");
    try (Stream<Path> files = Files.list(temporary)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(temporary);
  }
}
