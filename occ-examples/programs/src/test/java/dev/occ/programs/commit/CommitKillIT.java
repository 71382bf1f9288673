package dev.occ.programs.commit;

import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.client.HonestServer;
import dev.occ.client.OccClient;
import dev.occ.client.ScriptedServer;
import dev.occ.programs.HttpStub;
import dev.occ.programs.ProjectFiles;
import dev.occ.programs.SuppressForbidden;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Proof;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code occ commit} as a process: killed at random points, stopped, and on a full disk. */
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Linux's signals and file systems")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class CommitKillIT {
  private static final int FILES = 300;
  private static final int KILLS = 6;

  private final ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());

  @TempDir private Path folder;

  @Test
  void kill_atRandomPoints_leavesOneValidProofAFileInTheEnd() throws Exception {
    Path files = files(FILES);
    Random random = new Random(20260101);
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = server(honest)) {
      for (int i = 0; i < KILLS; i++) {
        int enough = proofs(files).size() + 1 + random.nextInt(FILES / (KILLS + 2));
        Process process = start(server, files, "--batch", "20");
        awaitProofs(process, files, enough);
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("killed, not done").isEqualTo(128 + 9);
        assertAllValid(files);
      }
      assertThat(proofs(files).size()).isBetween(KILLS, FILES - 1);
      Process last = start(server, files);
      assertThat(last.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(last.exitValue()).as(output()).isZero();
    }
    assertThat(proofs(files)).hasSize(FILES);
    assertAllValid(files);
  }

  @Test
  void sigterm_midway_writesTheBatchUnderWayAndEnds() throws Exception {
    Path files = files(FILES);
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = server(honest)) {
      Process process = start(server, files, "--batch", "10");
      awaitProofs(process, files, 15);
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(proofs(files).size() % 10).as("whole batches").isZero();
      assertAllValid(files);
      assertThat(output()).contains("left (repeat the command to continue)");
    }
  }

  @Test
  void sigterm_authorityThatNeverAnswers_losesNoProof() throws Exception {
    Path files = files(10);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = server(honest);
        HttpStub authority =
            new HttpStub(
                (exchange, query) -> {
                  asked.countDown();
                  over.await();
                })) {
      Process process = start(server, files, "--tsa", authority.url().toString());
      assertThat(asked.await(1, TimeUnit.MINUTES)).as(output()).isTrue();
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      over.countDown();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    }
    assertThat(proofs(files)).hasSize(10);
    assertAllValid(files);
    assertThat(output().lines().filter(line -> line.contains(" -> "))).hasSize(10);
    assertThat(output().lines().filter(line -> line.contains("no timestamp was added")))
        .hasSize(10);
    assertThat(output()).contains("10 new, 0 already proven, 0 left").doesNotContain("in time");
  }

  @Test
  void teeUrl_inTheEnvironment_isUsedWithItsKey() throws Exception {
    Path files = files(3);
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = server(honest)) {
      ProcessBuilder builder = builder(files);
      builder.environment().put(OccClient.URL_VARIABLE, server.url().toString());
      builder.environment().put(OccClient.KEY_VARIABLE, "key-of-the-environment");
      Process process = builder.start();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output()).isZero();
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer key-of-the-environment");
      assertThat(output()).doesNotContain("key-of-the-environment");
    }
    assertThat(proofs(files)).hasSize(3);
  }

  @Test
  void fullDisk_midway_leavesNoHalfFileAndGoesOnWithRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
        "no tmpfs can be mounted here, which needs root");
    Path files = files(FILES);
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = server(honest)) {
      Process full = start(server, files, "--out", disk.toString(), "--batch", "5");
      assertThat(full.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(full.exitValue()).as(output()).isEqualTo(2);
      int written = proofs(disk.resolve("files")).size();
      assertThat(written).isBetween(5, FILES - 1);
      assertThat(run("mount", "-o", "remount,size=16m", disk.toString())).isZero();
      Process again = start(server, files, "--out", disk.toString());
      assertThat(again.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(again.exitValue()).as(output()).isZero();
      assertThat(proofs(disk.resolve("files"))).hasSize(FILES);
      for (Path proof : proofs(disk.resolve("files"))) {
        String name = String.valueOf(proof.getFileName());
        assertValid(files.resolve(name.replace(ProofFiles.SUFFIX, "")), proof);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  /** Bytes are left, but no inodes: the space that is looked at before a batch is there. */
  @Test
  void fullDisk_withoutInodes_printsWhatItCannotWriteAndGoesOnWithRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m,nr_inodes=40", "tmpfs", disk.toString()) == 0,
        "no tmpfs can be mounted here, which needs root");
    Path files = files(FILES);
    try {
      Process full = builder(files, "--out", disk.toString()).start();
      assertThat(full.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(full.exitValue()).as(output()).isEqualTo(2);
      assertUnsaved("No space left on device");
      int written = proofs(disk.resolve("files")).size();
      assertThat(written).isBetween(5, FILES - 1);
      assertThat(all(disk.resolve("files"))).as("no temporary file").hasSize(written);
      assertThat(run("mount", "-o", "remount,nr_inodes=4000", disk.toString())).isZero();
      Process again = builder(files, "--out", disk.toString()).start();
      assertThat(again.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(again.exitValue()).as(output()).isZero();
      assertThat(proofs(disk.resolve("files"))).hasSize(FILES);
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  /** Every write ends in the middle of a proof: RLIMIT_FSIZE, which any user can set. */
  @Test
  void fileSizeLimit_reached_leavesNoHalfFileAndGoesOnWithoutIt() throws Exception {
    Path files = files(3);
    ProcessBuilder limited = builder(files);
    List<String> command = new ArrayList<>(limited.command());
    command.add(1, "-XX:-UsePerfData"); // whose file in /tmp would be too large
    command.addAll(0, List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"));
    Process cut = limited.command(command).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    Files.write(folder.resolve("output"), cut.getInputStream().readAllBytes());
    assertThat(cut.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(cut.exitValue()).as(output()).isEqualTo(2);
    assertUnsaved("File too large");
    assertThat(all(files)).as("neither proofs nor temporary files").hasSize(3);
    Process again = builder(files).start();
    assertThat(again.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(again.exitValue()).as(output()).isZero();
    assertThat(proofs(files)).hasSize(3);
    assertAllValid(files);
  }

  /** Each proof that could not be written stands in the output, whole. */
  private void assertUnsaved(String why) throws Exception {
    List<String> lines = output().lines().toList();
    int unsaved = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("the next line is the proof")) {
        assertThat(lines.get(i)).startsWith("occ commit: ").contains("cannot be written", why);
        Proof proof = Proof.read(lines.get(i + 1).getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
        unsaved++;
      }
    }
    assertThat(unsaved).as(output()).isPositive();
    assertThat(output()).doesNotContain("internal error", "\tat ");
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private Path files(int number) throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    for (int i = 0; i < number; i++) {
      Files.writeString(files.resolve("file " + i), "content " + i);
    }
    return files;
  }

  /** A run over files that have proofs asks first who would make them. */
  private static ScriptedServer server(HonestServer honest) throws IOException {
    return ScriptedServer.start(honest.withKey(request -> ok(honest.commit(request))));
  }

  private Process start(ScriptedServer server, Path files, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--url", server.url().toString()));
    all.addAll(List.of(options));
    return builder(files, all.toArray(String[]::new)).start();
  }

  private ProcessBuilder builder(Path files, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-jar"));
    command.add(ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar").toString());
    command.addAll(List.of("commit", files.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(OccClient.URL_VARIABLE);
    builder.environment().remove(OccClient.KEY_VARIABLE);
    return builder.redirectOutput(folder.resolve("output").toFile());
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
  }

  private void awaitProofs(Process process, Path files, int number) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (proofs(files).size() < number) {
      assertThat(process.isAlive()).as(output()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private void assertAllValid(Path files) throws Exception {
    for (Path proof : proofs(files)) {
      assertValid(Path.of(proof.toString().replace(ProofFiles.SUFFIX, "")), proof);
    }
  }

  private void assertValid(Path file, Path proof) throws Exception {
    assertThat(ProofFiles.pathFor(file, Optional.empty()).getFileName())
        .isEqualTo(proof.getFileName());
    ArtifactDigest digest = ArtifactDigest.ofContent(Files.readAllBytes(file));
    assertThat(verifier.verify(Proof.read(Files.readAllBytes(proof)), digest))
        .isInstanceOf(ValidProof.class);
  }

  private static List<Path> proofs(Path files) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> file.toString().endsWith(ProofFiles.SUFFIX)).toList();
    }
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
