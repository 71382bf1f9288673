package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.cli.input.InputReader;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.Forge;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders, lines and several jobs. */
class VerifyManyTest {
  private static final int COUNT = 20;

  @TempDir private Path folder;
  private final List<Proof> proofs = SoftProofs.proofs(COUNT);

  @Test
  void verify_folder_takesProofFilesInOrder() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("b/c"));
    Files.write(folder.resolve("z.occ.json"), proofs.get(0).toBytes());
    Files.write(folder.resolve("a.json"), proofs.get(1).toBytes());
    Files.write(inner.resolve("d.json"), proofs.get(2).toBytes());
    Files.writeString(inner.resolve("e.jsonl"), lines(2));
    Files.writeString(folder.resolve("README.txt"), "no proof");

    Run run = Run.of("verify", "--json", "--proofs-only", folder);

    assertThat(run.code()).isZero();
    assertThat(run.jsonLines().stream().map(j -> j.required("input").stringValue()))
        .containsExactly(
            folder.resolve("a.json").toString(),
            inner.resolve("d.json").toString(),
            inner.resolve("e.jsonl") + ":1",
            inner.resolve("e.jsonl") + ":2",
            folder.resolve("z.occ.json").toString());
    assertThat(run.err())
        .isEqualTo("note: 5 proofs: 5 valid, 0 not valid. Proofs only; no file was compared.\n");
  }

  @Test
  void verify_array_takesEachProof() throws IOException {
    Path array = folder.resolve("proofs.json");
    Files.writeString(array, " [" + proofs.get(0).json() + ",\n" + proofs.get(1).json() + ",{}]");

    Run run = Run.of("verify", "--json", array);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.jsonLines().stream().map(j -> j.required("input").stringValue()))
        .containsExactly(array + "[0]", array + "[1]", array + "[2]");
    assertThat(run.jsonLines().stream().map(j -> j.required("valid").booleanValue()))
        .containsExactly(true, true, false);
  }

  @Test
  void verify_arrayOfOneProof_isLikeTheProof() throws IOException {
    Path array = folder.resolve("proofs.json");
    Files.writeString(array, "[" + proofs.get(0).json() + "]");

    Run plain = Run.of("verify", array);
    Run withDigest =
        Run.of("verify", "--digest", proofs.get(0).artifactDigest().toBase64(), array.toString());

    assertThat(plain.code()).isZero();
    assertThat(withDigest.code()).isZero();
  }

  @Test
  void verify_arrayOfNoProof_exits2() throws IOException {
    Path array = Files.writeString(folder.resolve("proofs.json"), "[]");

    assertThat(Run.of("verify", array).code()).isEqualTo(2);
    assertThat(
            Run.of(
                    "verify",
                    "--digest",
                    proofs.get(0).artifactDigest().toBase64(),
                    array.toString())
                .code())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P,]", "P, \n]", ",P]", "P,,P]", ",]"})
  void verify_arrayWithMissingElement_isNotValid(String form) throws IOException {
    String text = "[" + form.replace("P", line(0));
    Path array = Files.writeString(folder.resolve("proofs.json"), text);

    Run run = Run.of("verify", "--json", array);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("\"reason\":\"malformed\"");
    assertThat(
            Run.of("verify", array, "--digest", proofs.get(0).artifactDigest().toBase64()).code())
        .isEqualTo(2);
  }

  @Test
  void verify_brokenArray_exits2AfterItsProofs() throws IOException {
    Path array = folder.resolve("proofs.json");
    Files.writeString(array, "[" + proofs.get(0).json() + ",");

    Run run = Run.of("verify", "--json", array);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.jsonLines().get(0).required("valid").booleanValue()).isTrue();
    assertThat(run.err()).contains("the array is not whole");
  }

  @Test
  void verify_linkToFolder_isNotFollowed() throws IOException {
    Files.write(folder.resolve("a.json"), proofs.get(0).toBytes());
    Files.createSymbolicLink(folder.resolve("loop.json"), folder);

    Run run = Run.of("verify", "--json", "--proofs-only", folder);

    assertThat(run.code()).isZero();
    assertThat(run.jsonLines()).hasSize(1);
  }

  @Test
  void verify_deviceOrPipeInFolder_isNotRead() throws Exception {
    Files.write(folder.resolve("a.json"), proofs.get(0).toBytes());
    Files.createSymbolicLink(folder.resolve("b.json"), Path.of("/dev/null"));
    Files.createSymbolicLink(folder.resolve("c.txt"), Path.of("/dev/zero"));
    Files.createSymbolicLink(folder.resolve("d.json"), folder.resolve("a.json"));
    Files.createSymbolicLink(folder.resolve("e.json"), folder.resolve("none"));

    Run run = Run.of("verify", "--proofs-only", folder);

    run.assertUnusable(
        folder.resolve("b.json") + ": not a regular file",
        folder.resolve("e.json") + ": no such file");
    assertThat(run.out()).contains("2 proofs: 2 valid, 0 not valid, 2 not readable");
    Run.of("chain", "verify", folder).assertUnusable("b.json: not a regular file");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void verify_pipeInFolder_holdsNothingUp() throws Exception {
    assumeTrue(mkfifo(folder.resolve("pipe.jsonl")), "no mkfifo here");
    Files.write(folder.resolve("z.json"), proofs.get(0).toBytes());

    Run run = Run.of("verify", "--proofs-only", folder);

    run.assertUnusable("pipe.jsonl: not a regular file");
    assertThat(run.out()).contains("1 proof: 1 valid, 0 not valid, 1 not readable");
  }

  private static boolean mkfifo(Path path) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void verify_fileOfOneLine_saysWhatAPageWouldSay() throws IOException {
    Path lines = Files.writeString(folder.resolve("one.jsonl"), lines(1));
    Path policy = Files.writeString(folder.resolve("policy.txt"), "{}");

    assertThat(Run.of("verify", lines).out())
        .contains("✓ valid", "1 proof: 1 valid", "nothing is shown about hardware");
    assertThat(Run.of("verify", lines, "--policy", policy).out())
        .contains("✓ valid", "1 proof: 1 valid")
        .doesNotContain("hardware");
    assertThat(Run.of("verify", "--json", lines).err()).isEmpty();
  }

  @Test
  void verify_lineThatNeededLeniency_saysWhich() throws IOException {
    SoftAttestationAuthority authority = SoftProofs.authority();
    Path root = Files.write(folder.resolve("root.der"), authority.rootCertificate());
    Path policy = Files.writeString(folder.resolve("policy.txt"), "{\"requireAttestation\":true}");
    String pinned = SoftAttestationAuthority.FORMAT + "=" + root;
    Path attested = Files.write(folder.resolve("a.json"), SoftProofs.attested(authority).toBytes());
    Path debug = Files.write(folder.resolve("d.json"), Forge.ofDebugEnclave(authority));
    Path old = Files.write(folder.resolve("old.json"), Forge.withHistoricalSlotHash());
    Path plain = Files.write(folder.resolve("p.json"), proofs.get(0).toBytes());

    Run pinnedRoot =
        Run.of("verify", "--policy", policy, "--root", pinned, "--allow-debug", attested, debug);
    assertThat(pinnedRoot.code()).as(pinnedRoot.toString()).isZero();
    assertThat(pinnedRoot.out().lines().filter(line -> line.startsWith("✓")))
        .satisfiesExactly(
            line -> assertThat(line).endsWith("[root not AWS's]"),
            line -> assertThat(line).endsWith("[root not AWS's; DEBUG enclave]"));
    Run historical = Run.of("verify", "--historical", old, plain);
    assertThat(historical.code()).isZero();
    assertThat(historical.out().lines().filter(line -> line.startsWith("✓")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .endsWith("[integrity only; historical forms: slot-hash-without-chain]"),
            line -> assertThat(line).endsWith("global 2  [integrity only]"));
  }

  @Test
  void verify_nothingToVerify_exits2() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));

    Run.of("verify", empty).assertUnusable("there is no proof");
    Files.delete(empty);
    Run.of("verify", folder).assertUnusable("there is no proof");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proofs.jsonl", "proofs.json", "proofs"})
  void verify_lines_areToldFromOneDocument(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "\n" + lines(3).replace("\n", "\r\n\n"));

    Run run = Run.of("verify", file);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(file + ":2  global 2", file + ":4  global 4", "3 proofs: 3 valid, 0 not valid");
  }

  @Test
  void verify_standardInput_takesLines() {
    Run run = Run.withInput(lines(4).getBytes(StandardCharsets.UTF_8), "verify", "--json", "-");

    assertThat(run.code()).isZero();
    assertThat(run.jsonLines()).hasSize(4);
    assertThat(run.jsonLines().get(3).required("input").stringValue())
        .isEqualTo("standard input:4");
  }

  @Test
  void verify_brokenLine_spoilsNoOther() {
    String input = line(0) + "\n{]\n" + "x".repeat(InputReader.MAX_BYTES + 5) + "\n" + line(1);

    Run run = Run.withInput(input.getBytes(StandardCharsets.UTF_8), "verify", "--json", "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.jsonLines().stream().map(j -> j.required("valid").booleanValue()))
        .containsExactly(true, false, false, true);
    assertThat(run.jsonLines().get(2).required("detail").stringValue()).isEqualTo("too-large");
    assertThat(run.err()).contains("4 proofs: 2 valid, 2 not valid (malformed 2)");
  }

  @Test
  void verify_oversizedDocument_isRefusedWithoutBeingRead() throws IOException {
    Path file =
        Files.writeString(folder.resolve("big.json"), " ".repeat(InputReader.MAX_BYTES * 2));

    Run run = Run.of("verify", "--json", file);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("detail").stringValue()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 64})
  void verify_severalJobs_printTheSame(int jobs) throws IOException {
    String broken = lines(COUNT / 2) + line(1).replace("sha256", "sha512") + "\n" + lines(COUNT);
    Path file = Files.writeString(folder.resolve("proofs.jsonl"), broken);

    Run one = Run.of("verify", "--json", file, folder.resolve("none"), file);
    Run many = Run.of("verify", "--json", "--jobs", jobs, file, folder.resolve("none"), file);

    assertThat(many).isEqualTo(one);
    assertThat(many.code()).isEqualTo(2);
    assertThat(many.jsonLines()).hasSize(2 * (COUNT + COUNT / 2 + 1) + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void verify_failFast_stopsAtFirstInOrder(int jobs) {
    String input = lines(5) + "{}\n" + lines(COUNT);

    Run run =
        Run.withInput(
            input.getBytes(StandardCharsets.UTF_8),
            "verify",
            "--fail-fast",
            "--json",
            "--jobs",
            jobs,
            "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.jsonLines()).hasSize(6);
  }

  @Test
  void verify_failFastOnUnreadable_stops() throws IOException {
    Path file = Files.writeString(folder.resolve("proofs.jsonl"), lines(2));

    Run run = Run.of("verify", "--fail-fast", "--json", folder.resolve("none"), file);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.jsonLines()).hasSize(1);
  }

  @Test
  void verify_oneUnreadableAmongMany_doesTheRestAndExits2() throws IOException {
    Path file = Files.writeString(folder.resolve("proofs.jsonl"), lines(2));

    Run run = Run.of("verify", folder.resolve("none"), file);

    run.assertUnusable("no such file");
    assertThat(run.out()).contains("2 proofs: 2 valid, 0 not valid, 1 not readable");
    assertThat(run.out()).contains("nothing is shown about hardware");
  }

  private String line(int index) {
    return proofs.get(index).json().toJson();
  }

  private String lines(int count) {
    return proofs.stream()
        .limit(count)
        .map(proof -> proof.json().toJson() + "\n")
        .collect(Collectors.joining());
  }
}
