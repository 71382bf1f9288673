package dev.occ.programs.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.json.JsonObject;
import dev.occ.programs.Run;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerProvider;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitCommandTest {
  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeFiles() throws IOException {
    first = Files.writeString(folder.resolve("first.txt"), "one");
    second = Files.writeString(folder.resolve("second.txt"), "two");
  }

  @Test
  void commit_twoFiles_makesALinkedChainOfValidProofs() throws Exception {
    Run run = Run.occ("commit", first, second);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Proof one = proofOf(first);
    Proof two = proofOf(second);
    assertThat(one.commit().counter()).contains(Counter.of(2));
    assertThat(two.commit().counter()).contains(Counter.of(4));
    assertThat(two.commit().prev()).contains(one.sealedHash());
    assertThat(two.commit().epochId()).isEqualTo(one.commit().epochId());
    ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
    assertThat(verifier.verify(two, ArtifactDigest.of(Bytes.sha256(Files.readAllBytes(second)))))
        .isInstanceOf(ValidProof.class);
    assertThat(run.out()).contains("show nothing about hardware");
  }

  @Test
  void commit_always_leavesNoTemporaryFile() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    assertThat(names(folder)).containsExactly("first.txt", "first.txt.occ.json", "second.txt");
  }

  @Test
  void commit_intoAFolder_makesIt() throws Exception {
    Path out = folder.resolve("a").resolve("b");
    assertThat(Run.occ("commit", first, second, "--out", out).exitCode()).isZero();
    assertThat(names(out)).containsExactly("first.txt.occ.json", "second.txt.occ.json");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).doesNotExist();
  }

  @Test
  void commit_withAttributionAndChain_signsThem() throws Exception {
    Run run =
        Run.occ(
            "commit",
            first,
            "--chain=invoices",
            "--attribution-name=Ada",
            "--attribution-title=Notes",
            "--attribution-message=Hello");
    assertThat(run.exitCode()).isZero();
    Proof proof = proofOf(first);
    assertThat(proof.commit().chain()).isEqualTo("invoices");
    assertThat(proof.attribution())
        .contains(new Attribution(Optional.of("Ada"), Optional.of("Notes"), Optional.of("Hello")));
  }

  @Test
  void commit_withoutAttribution_writesNone() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    assertThat(proofOf(first).attribution()).isEmpty();
    assertThat(proofOf(first).commit().chainId()).isEmpty();
  }

  @Test
  void commit_signerThatIsNotThere_isNamedAndNothingIsWritten() {
    Run run = Run.occ("commit", first, "--signer=jca"); // comes by OCC_CLASS_PATH only
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("jca");
    assertThat(Path.of(first + ".occ.json")).doesNotExist();
  }

  @Test
  void commit_withASignerOption_passesItOn() throws Exception {
    Run run = Run.occ("commit", first, "--signer-option=measurement=soft:test");
    assertThat(run.exitCode()).isZero();
    assertThat(proofOf(first).environment().measurement()).isEqualTo("soft:test");
  }

  @Test
  void commit_provenFile_isSkipped() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    byte[] before = Files.readAllBytes(ProofFiles.pathFor(first, Optional.empty()));
    Run run = Run.occ("commit", first, second, "--force");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("first.txt already has a proof");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).hasBinaryContent(before);
    assertThat(proofOf(second).commit().counter()).contains(Counter.of(2));
  }

  @Test
  void commit_onlyProvenFiles_announcesNoEpoch() {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    Run run = Run.occ("commit", first);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).doesNotContain("epoch", "hardware");
    assertThat(Run.occ("commit", first, "--signer=none-of-that-name").exitCode()).isEqualTo(2);
  }

  @Test
  void commit_proofOtherThanAsked_isInTheWayAndSaysWhy() throws Exception {
    assertThat(Run.occ("commit", first, "--chain=a", "--attribution-name=Ada").exitCode()).isZero();
    byte[] before = Files.readAllBytes(ProofFiles.pathFor(first, Optional.empty()));

    assertInTheWay("on another chain (\"a\")", "--attribution-name=Ada");
    assertInTheWay("with another attribution", "--chain=a");
    assertInTheWay("with another attribution", "--chain=a", "--attribution-name=Bob");
    assertInTheWay(
        "by another signer",
        "--chain=a",
        "--attribution-name=Ada",
        "--signer-option=measurement=soft:other");

    assertThat(ProofFiles.pathFor(first, Optional.empty())).hasBinaryContent(before);
    assertThat(Run.occ("commit", first, "--chain=a", "--attribution-name=Ada").exitCode()).isZero();
    assertThat(Run.occ("commit", first, "--force").exitCode()).isZero();
    assertThat(proofOf(first).attribution()).isEmpty();
  }

  private void assertInTheWay(String which, String... options) {
    List<Object> args = new ArrayList<>(List.of("commit", first, second));
    args.addAll(List.of(options));
    Run run = Run.occ(args.toArray());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("a proof " + which + " is in the way: " + first + ".occ.json")
        .contains("nothing was committed (--force replaces it)");
    assertThat(ProofFiles.pathFor(second, Optional.empty())).doesNotExist();
  }

  @Test
  void commit_proofForAPrincipal_isInTheWay() throws Exception {
    try (Epoch epoch = Epoch.open(SignerProvider.named("soft").open(Map.of()))) {
      Bytes digest = Bytes.sha256(Files.readAllBytes(first));
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot().id(), digest)
              .principal(JsonObject.builder().put("id", "ada").build())
              .build();
      Files.write(
          ProofFiles.pathFor(first, Optional.empty()), epoch.commit(request).toPrettyBytes());
    }
    assertInTheWay("for another principal");
  }

  @Test
  void commit_linkBelowOut_isNotFollowed() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectory(tree.resolve("in"));
    Files.writeString(tree.resolve("in").resolve("x"), "x");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.createDirectory(out.resolve("tree"));
    Files.createSymbolicLink(out.resolve("tree/in"), elsewhere);

    Run run = Run.occ("commit", tree, "--out", out);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("tree/in: is a link, and --out follows none below its folder");
    assertThat(names(elsewhere)).isEmpty();
  }

  @Test
  void commit_outIsALink_isFollowed() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path out = Files.createSymbolicLink(folder.resolve("out"), real);

    assertThat(Run.occ("commit", first, "--out", out).exitCode()).isZero();
    assertThat(names(real)).containsExactly("first.txt.occ.json");
  }

  /** Planted between the first pass and the writing. */
  @Test
  void write_linkBelowTheFolder_writesNothingThere() throws Exception {
    Proof proof = proofMade();
    Path out = Files.createDirectory(folder.resolve("out"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(out.resolve("in"), elsewhere);

    assertThatThrownBy(
            () -> ProofFiles.write(out.resolve("in/deeper/x.occ.json"), proof, false, out))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("is a link");
    assertThat(names(elsewhere)).isEmpty();
  }

  private Proof proofMade() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    return proofOf(first);
  }

  @Test
  void commit_changedFile_refusesEverythingUnlessForced() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    byte[] before = Files.readAllBytes(ProofFiles.pathFor(first, Optional.empty()));
    Files.writeString(first, "changed");
    Run run = Run.occ("commit", second, first);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("first.txt.occ.json is not a valid proof of this file");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).hasBinaryContent(before);
    assertThat(ProofFiles.pathFor(second, Optional.empty())).doesNotExist();
    assertThat(Run.occ("commit", first, "--force").exitCode()).isZero();
    assertThat(proofOf(first).artifactDigest()).isEqualTo(Bytes.sha256(Files.readAllBytes(first)));
  }

  @Test
  void commit_spoiltProofInTheWay_isRefused() throws Exception {
    assertThat(Run.occ("commit", first).exitCode()).isZero();
    Path proof = ProofFiles.pathFor(first, Optional.empty());
    Files.writeString(proof, Files.readString(proof).replace("\"2\"", "\"3\""));
    assertThat(Run.occ("commit", first).exitCode()).isEqualTo(1);
    Files.writeString(proof, "{}");
    assertThat(Run.occ("commit", first).exitCode()).isEqualTo(1);
    Files.write(proof, new byte[(1 << 20) + 1]);
    assertThat(Run.occ("commit", first).exitCode()).isEqualTo(1);
    Files.delete(proof);
    Files.createDirectory(proof);
    assertThat(Run.occ("commit", first).exitCode()).isEqualTo(1);
  }

  @Test
  void commit_missingFile_commitsNothing() {
    Run run = Run.occ("commit", first, folder.resolve("missing"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("missing: no such file");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).doesNotExist();
  }

  @Test
  void commit_folder_takesItsFilesAndSaysTheRest() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("b").resolve("c"));
    Files.writeString(inner.resolve("deep.txt"), "deep");
    Files.writeString(folder.resolve(".hidden"), "hidden");
    Files.createSymbolicLink(folder.resolve("link"), first);
    Run run = Run.occ("commit", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("3 new, 0 already proven, 0 left");
    assertThat(proofOf(inner.resolve("deep.txt")).commit().counter()).contains(Counter.of(2));
    assertThat(names(folder))
        .containsExactly(
            ".hidden",
            "b",
            "first.txt",
            "first.txt.occ.json",
            "link",
            "second.txt",
            "second.txt.occ.json");
    assertThat(Run.occ("commit", folder).out()).contains("3 already proven");
    assertThat(Run.occ("commit", folder, "--hidden").out()).contains("1 new, 3 already proven");
    Files.delete(folder.resolve("link"));
  }

  @Test
  void commit_folderIntoAnother_keepsTheTreeUnderItsName() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectory(tree.resolve("in"));
    Files.writeString(tree.resolve("in").resolve("x"), "x");
    Path out = folder.resolve("out");
    assertThat(Run.occ("commit", tree, first, "--out", out).exitCode()).isZero();
    assertThat(out.resolve("tree/in/x.occ.json")).isNotEmptyFile();
    assertThat(out.resolve("first.txt.occ.json")).isNotEmptyFile();
    assertThat(names(tree.resolve("in"))).containsExactly("x");
  }

  @Test
  void commit_folderAndAFileInIt_isUnusable() {
    Run run = Run.occ("commit", first, folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is given twice");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).doesNotExist();
  }

  @Test
  void commit_unreadableFileLateInAFolder_commitsNothing() throws Exception {
    assumeFalse(System.getProperty("user.name").equals("root"), "root can read everything");
    Path closed = Files.writeString(folder.resolve("z"), "z");
    Files.setPosixFilePermissions(closed, Set.of());
    Run run = Run.occ("commit", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("permission denied");
    assertThat(ProofFiles.pathFor(first, Optional.empty())).doesNotExist();
  }

  @Test
  void commit_outIsAFile_commitsNothing() {
    Run run = Run.occ("commit", first, "--out", second);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("second.txt: is not a folder");
  }

  @Test
  void commit_policyWithASignerHere_isUnusable() {
    Run run = Run.occ("commit", first, "--pcr0=" + "0".repeat(96));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("need --url or TEE_URL");
  }

  @Test
  void commit_twoFilesWithOneProof_isUnusable() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path namesake = Files.writeString(other.resolve("first.txt"), "three");
    Path out = folder.resolve("out");
    Run run = Run.occ("commit", first, namesake, "--out", out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("two files would write the proof");
    assertThat(Run.occ("commit", first, first).exitCode()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void commit_unknownSigner_isUnusable() {
    Run run = Run.occ("commit", first, "--signer=hsm");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("'hsm'").contains("soft");
  }

  @Test
  void commit_unknownSignerOption_isUnusable() {
    Run run = Run.occ("commit", first, "--signer-option=colour=red");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("colour");
  }

  @Test
  void commit_unusableChainOrText_isUnusable() {
    assertThat(Run.occ("commit", first, "--chain=").exitCode()).isEqualTo(2);
    Run run = Run.occ("commit", first, "--attribution-name=" + "x".repeat(5000));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1);
    assertThat(ProofFiles.pathFor(first, Optional.empty())).doesNotExist();
  }

  private static Proof proofOf(Path file) throws Exception {
    return Proof.read(Files.readAllBytes(ProofFiles.pathFor(file, Optional.empty())));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
