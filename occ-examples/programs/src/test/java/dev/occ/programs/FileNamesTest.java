package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.kit.FailureReport;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Names that are no text in this JVM's character set, whichever that is. */
final class FileNamesTest {
  /** Neither ASCII nor UTF-8. */
  private static final List<String> LATIN_1 = List.of("%E4.txt", "%FC.txt");

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode")
  void commit_namesThatAreNoText_haveAProofEachBesideThem() throws Exception {
    for (String name : LATIN_1) {
      Files.writeString(path(name), name);
    }
    Run run = Run.occ("commit", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    for (String name : LATIN_1) {
      assertProven(path(name), path(name + ".occ.json"));
    }
    assertThat(Run.occ("commit", folder).out()).contains("0 new, 2 already proven");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names are Unicode")
  void commit_intoAnotherFolder_keepsNamesThatAreNoText() throws Exception {
    Path inner = Files.createDirectory(path("tree%FC"));
    Files.writeString(inner.resolve("a"), "a");
    Files.writeString(path("%FC.txt"), "b");
    Path out = folder.resolve(".out");
    assertThat(Run.occ("commit", folder, "--out", out).exitCode()).isZero();
    Path tree = out.resolve(folder.getFileName());
    assertProven(inner.resolve("a"), tree.resolve(inner.getFileName()).resolve("a.occ.json"));
    assertProven(path("%FC.txt"), tree.resolve(path("%FC.txt.occ.json").getFileName()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "stamp"})
  void argument_thatIsNoName_isToldInASentence(String command) {
    Run run = Run.occ(command, "no\0name");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no\\u0000name").doesNotContain("internal error", "Exception");
  }

  /** To the JDK an empty name is the current folder. */
  @ParameterizedTest
  @ValueSource(strings = {"commit", "stamp", "eif"})
  void argument_thatIsEmpty_isNoFolder(String command) {
    Run run = Run.occ(command, "");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the file name is empty");
  }

  @Test
  void failure_ofANameLate_isNoInternalError() {
    Exception late = new InvalidPathException("no\0name", "Nul character not allowed");
    StringWriter err = new StringWriter();
    CommandLine line = Occ.commandLine().setErr(new PrintWriter(err));
    ParseResult parsed = line.parseArgs();
    assertThat(new FailureReport().handleExecutionException(late, line, parsed)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("no\\u0000name");
  }

  /** A name by its bytes. */
  private Path path(String escaped) {
    return Path.of(URI.create(folder.toUri() + escaped));
  }

  private static void assertProven(Path file, Path proof) throws IOException {
    ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
    ArtifactDigest digest = ArtifactDigest.ofContent(Files.readAllBytes(file));
    assertThat(verifier.verify(Files.readAllBytes(proof), digest)).isInstanceOf(ValidProof.class);
  }
}
