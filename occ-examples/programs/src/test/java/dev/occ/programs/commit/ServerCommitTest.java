package dev.occ.programs.commit;

import static dev.occ.client.HonestServer.brokenOff;
import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.HonestServer;
import dev.occ.client.ScriptedServer;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.json.JsonObject;
import dev.occ.programs.Run;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Attribution;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code occ commit} with a server. */
final class ServerCommitTest {
  private static final int FILES = 7;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HonestServer honest;

  ServerCommitTest() throws Exception {
    honest = new HonestServer();
    open.add(honest);
  }

  @BeforeEach
  void writeFiles() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(file(i), "content " + i);
    }
    Files.writeString(folder.resolve(".key"), "secret-key\n");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void commit_folder_goesToTheServerInBatches() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    Run run = commit(server, folder, "--batch=3", "--chain=c", "--attribution-name=Ada");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("7 new, 0 already proven, 0 left")
        .contains("nothing is shown about hardware")
        .doesNotContain("secret-key");
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(0).headers())
        .containsEntry("authorization", "Bearer secret-key");
    for (int i = 0; i < FILES; i++) {
      Proof proof = Proof.read(Files.readAllBytes(proof(i)));
      assertThat(proof.commit().chain()).isEqualTo("c");
      assertThat(proof.attribution()).contains(Attribution.of("Ada"));
      assertThat(proof.declaredHash()).contains(proof.proofHash());
      assertThat(Run.occ("verify", proof(i), "--artifact", file(i)).exitCode()).isZero();
    }
    Run again = commit(server, folder, "--chain=c", "--attribution-name=Ada");
    assertThat(again.out()).contains("7 already proven");
    assertThat(server.requests().stream().skip(3).map(ScriptedServer.Request::path))
        .as("whose key it is, once, and nothing left to commit")
        .containsExactly("/key");
  }

  @Test
  void commit_serverGoesAwayMidway_keepsWhatWasProvenAndGoesOnLater() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request ->
                calls.incrementAndGet() == 2
                    ? Reply.json(401, "{\"error\":\"no\",\"code\":\"unauthorized\"}")
                    : ok(honest.commit(request)));
    Run run = commit(server, folder, "--batch=3");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("401 unauthorized").doesNotContain("secret");
    assertThat(run.out()).contains("3 new, 0 already proven, 4 left");
    assertThat(proofs()).hasSize(3);
    Run again = commit(server, folder, "--batch=3");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("4 new, 3 already proven, 0 left");
    assertThat(proofs()).hasSize(7);
  }

  @Test
  void commit_brokenOffWithAWrongProof_keepsTheGoodOnesAndRefuses() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> made = honest.commit(request);
              return brokenOff(List.of(made.get(0), made.get(2)));
            });
    Run run = commit(server, folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("proof-digest");
    assertThat(proofs()).hasSize(1);
    assertThat(Run.occ("verify", proof(0), "--artifact", file(0)).exitCode()).isZero();
  }

  @Test
  void commit_swappedProofs_writesNone() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> made = new ArrayList<>(honest.commit(request));
              Collections.swap(made, 0, 1);
              return ok(made);
            });
    assertThat(commit(server, folder).exitCode()).isEqualTo(1);
    assertThat(proofs()).isEmpty();
  }

  @Test
  void commit_policyThatTheServerDoesNotMeet_writesNone() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    Run run = commit(server, folder, "--pcr0=" + "0".repeat(95) + "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("proof-rejected").contains("policy-enforcement");
    assertThat(proofs()).isEmpty();
  }

  @Test
  void commit_proofsThatThePolicyDoesNotTake_areInTheWay() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    assertThat(commit(server, file(0)).exitCode()).isZero();
    Run run = commit(server, file(0), "--pcr0=" + "0".repeat(95) + "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("a proof by another signer is in the way", "policy-enforcement");
  }

  @Test
  void commit_proofsOfAnotherServer_areInTheWay() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    assertThat(Run.occ("commit", file(0)).exitCode()).isZero();
    Run run = commit(server, folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("a proof by another signer is in the way");
    assertThat(proofs()).hasSize(1);
    Path policy = Files.writeString(folder.resolve(".policy"), "{\"requireEnforcement\":\"stub\"}");
    Run byPolicy = commit(server, folder, "--policy=" + policy);
    assertThat(byPolicy.err()).isEmpty();
    assertThat(byPolicy.out()).contains("6 new, 1 already proven");
  }

  @Test
  void commit_fileChangesMeanwhile_getsNoProofOfWhatItWas() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> made = honest.commit(request);
              Files.writeString(file(3), "something else");
              return ok(made);
            });
    Run run = commit(server, folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("file-3").contains("changed");
    assertThat(proofs()).hasSize(6);
    assertThat(proof(3)).doesNotExist();
  }

  @Test
  void commit_proofCannotBeWritten_isPrintedInFull() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> made = honest.commit(request);
              Files.createDirectory(proof(3)); // as good as a full disk: the name cannot be had
              return ok(made);
            });
    Run run = commit(server, folder);
    assertThat(run.exitCode()).isEqualTo(2);
    String line = run.err().lines().filter(text -> text.startsWith("{")).findFirst().orElseThrow();
    assertThat(proofs()).hasSize(7);
    Files.delete(proof(3));
    Files.writeString(proof(3), line);
    assertThat(Run.occ("verify", proof(3), "--artifact", file(3)).exitCode()).isZero();
  }

  @Test
  void commit_unusableServerOptions_areToldBeforeAnything() throws Exception {
    assertUnusable("starts with https", "--url=ftp://x");
    assertUnusable("plain http", "--url=http://tee.example");
    assertUnusable("exclude each other", "--url=https://h", "--signer=soft");
    assertUnusable("a timeout", "--url=https://h", "--timeout=" + Long.MAX_VALUE);
    assertUnusable("--batch", "--url=https://h", "--batch=1001");
    assertUnusable("no such file", "--url=https://h", "--api-key-file=" + folder.resolve("none"));
    Path empty = Files.writeString(folder.resolve(".empty"), "\n");
    assertUnusable("an API key is", "--url=https://h", "--api-key-file=" + empty);
    Path long4k = Files.writeString(folder.resolve(".long"), "x".repeat(5000));
    assertUnusable("too long", "--url=https://h", "--api-key-file=" + long4k);
    assertThat(proofs()).isEmpty();
  }

  private void assertUnusable(String text, String... options) {
    List<Object> args = new ArrayList<>(List.of("commit", folder));
    args.addAll(List.of(options));
    Run run = Run.occ(args.toArray());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(text);
  }

  private Run commit(ScriptedServer server, Path what, String... options) {
    List<Object> args = new ArrayList<>(List.of("commit", what, "--url", server.url().toString()));
    args.addAll(List.of("--api-key-file", folder.resolve(".key")));
    args.addAll(List.of(options));
    return Run.occ(args.toArray());
  }

  private ScriptedServer server(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = ScriptedServer.start(honest.withKey(script));
    open.add(server);
    return server;
  }

  private Path file(int i) {
    return folder.resolve("file-" + i);
  }

  private Path proof(int i) {
    return ProofFiles.pathFor(file(i), Optional.empty());
  }

  private List<Path> proofs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(ProofFiles.SUFFIX)).toList();
    }
  }
}
