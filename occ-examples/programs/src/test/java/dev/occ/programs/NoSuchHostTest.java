package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.cli.ExitCode;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.RetryPolicy;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that never resolve (RFC 6761 section 6.4), wherever a host can be given. */
final class NoSuchHostTest {
  private static final String NOBODY = "https://occ.invalid";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("file.txt"), "one");
  }

  @Test
  void client_hostOfNoAddress_isUnreachableWithoutEffect() {
    OccClient client = OccClient.builder(URI.create(NOBODY)).retryPolicy(RetryPolicy.NEVER).build();
    OccClientException e =
        catchThrowableOfType(
            OccClientException.class, () -> client.commit(Bytes.sha256(new byte[] {1})));
    assertThat(e.reason()).isEqualTo(OccClientException.Reason.UNREACHABLE);
    assertThat(e.mayHaveTakenEffect()).isFalse();
  }

  @Test
  void commit_serverOfNoAddress_isUnusableAndMakesNothing() throws Exception {
    assertUnusable(Run.occ("commit", file, "--url", NOBODY), "occ commit: ");
    assertThat(names()).containsExactly("file.txt");
  }

  @Test
  void anchor_nodeOfNoAddress_isUnusableAndLeavesNoState() throws Exception {
    assertThat(Run.occ("anchor-key", folder.resolve("anchor.key")).exitCode()).isZero();
    Run run =
        Run.occ(
            "anchor",
            "--once",
            "--rpc",
            NOBODY,
            "--url",
            NOBODY,
            "--anchor-key-file",
            folder.resolve("anchor.key"),
            "--state",
            folder.resolve("state"));
    assertUnusable(run, "occ anchor: ");
    assertThat(names()).containsExactlyInAnyOrder("file.txt", "anchor.key");
  }

  @Test
  void stamp_authorityOfNoAddress_isUnusableAndLeavesTheProof() throws Exception {
    assertThat(Run.occ("commit", file).exitCode()).isZero();
    Path proof = ProofFiles.pathFor(file, Optional.empty());
    byte[] before = Files.readAllBytes(proof);
    assertUnusable(Run.occ("stamp", proof, "--tsa", NOBODY), "occ stamp: ");
    assertThat(proof).hasBinaryContent(before);
  }

  @Test
  void commit_stampedByNobody_keepsTheProof() throws Exception {
    Run run = Run.occ("commit", file, "--tsa", NOBODY);
    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED); // the stamp, which was asked for
    assertThat(run.err()).contains("occ stamp adds it later").doesNotContain("\tat ");
    assertThat(names()).containsExactly("file.txt", "file.txt.occ.json");
    Path proof = ProofFiles.pathFor(file, Optional.empty());
    assertThat(Run.occ("verify", proof, "--artifact", file).exitCode()).isZero();
  }

  private static void assertUnusable(Run run, String start) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err())
        .contains(start)
        .doesNotContain("internal error")
        .doesNotContain("\tat "); // of a stack trace
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
