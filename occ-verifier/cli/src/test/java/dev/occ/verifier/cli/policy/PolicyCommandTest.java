package dev.occ.verifier.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.Forge;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyCommandTest {
  private final SoftAttestationAuthority authority = SoftProofs.authority();
  private final Proof proof = SoftProofs.attested(authority);
  @TempDir private Path folder;
  private Path file;
  private String root = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("proof.json"), proof.toBytes());
    Path der = Files.write(folder.resolve("root.der"), authority.rootCertificate());
    root = "--root=" + SoftAttestationAuthority.FORMAT + "=" + der;
  }

  @Test
  void init_attestedProof_requiresItsCodeButNotItsKey() {
    Run run = Run.of("policy", "init", file, root);

    assertThat(run.code()).isZero();
    JsonNode policy = JsonMapper.shared().readTree(run.out());
    assertThat(policy.propertyNames())
        .containsExactlyInAnyOrder(
            "requireEnforcement",
            "allowedMeasurements",
            "requireAttestation",
            "requireAttestationFormat",
            "requireSlot",
            "requireEpochId");
    assertThat(policy.at("/allowedMeasurements/0").stringValue())
        .isEqualTo(proof.environment().measurement());
  }

  /** The next image of the same signer is another PCR0, PCR1 and PCR2 under the same PCR8. */
  @Test
  void init_signedImage_requiresItsSignerToo() throws IOException {
    byte[] signer = "5a".repeat(24).getBytes(StandardCharsets.US_ASCII);
    Files.write(file, Forge.attestedWith(authority, 8, signer));

    JsonNode policy = JsonMapper.shared().readTree(Run.of("policy", "init", file, root).out());
    assertThat(policy.required("requirePcrs").propertyNames()).containsExactly("8");
    assertThat(policy.at("/requirePcrs/8").stringValue())
        .isEqualTo(HexFormat.of().formatHex(signer));
  }

  @Test
  void init_pins_addKeyAndEpoch() {
    JsonNode policy =
        JsonMapper.shared()
            .readTree(Run.of("policy", "init", file, root, "--pin-key", "--pin-epoch").out());

    assertThat(policy.at("/allowedPublicKeys/0").stringValue())
        .isEqualTo(proof.publicKey().toBase64());
    assertThat(policy.at("/allowedEpochIds/0").stringValue())
        .isEqualTo(proof.commit().epochId().orElseThrow());
  }

  @Test
  void init_writtenPolicy_acceptsItsModelAndNoOther() throws IOException {
    Path policy = folder.resolve("policy.json");
    Path other = Files.write(folder.resolve("other.json"), SoftProofs.proof().toBytes());

    assertThat(Run.of("policy", "init", file, root, "--out", policy).code()).isZero();

    assertThat(Run.of("policy", "check", policy).code()).isZero();
    assertThat(Run.of("verify", file, root, "--policy", policy).code()).isZero();
    assertThat(Run.of("verify", other, root, "--policy", policy).code()).isEqualTo(1);
  }

  @Test
  void init_existingFile_isReplacedOnlyByForce() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), "mine");

    Run.of("policy", "init", file, root, "--out", policy).assertUnusable("already exists");
    assertThat(policy).hasContent("mine");

    assertThat(Run.of("policy", "init", file, root, "--out", policy, "--force").code()).isZero();
    assertThat(Files.readString(policy)).contains("requireAttestation");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("proof.json", "root.der", "policy.json");
    }
  }

  /** A file in its place would cut off whoever reads the policy by another name. */
  @Test
  void init_linkOrDevice_isNotReplaced() throws IOException {
    Path shared = Files.writeString(folder.resolve("shared.json"), "theirs");
    Path link = Files.createSymbolicLink(folder.resolve("policy.json"), shared);
    Path dangling = Files.createSymbolicLink(folder.resolve("d.json"), folder.resolve("none"));

    for (Path out : new Path[] {link, dangling, folder}) {
      Run.of("policy", "init", file, root, "--out", out, "--force")
          .assertUnusable("not a regular file");
      Run.of("policy", "init", file, root, "--out", out).assertUnusable("not a regular file");
    }
    Run.of("chain", "verify", file, "--html", link, "--force").assertUnusable("regular file");
    assertThat(link).isSymbolicLink();
    assertThat(shared).hasContent("theirs");
  }

  @Test
  void init_temporaryFileOfAnotherRun_isInNobodysWay() throws IOException {
    Path policy = folder.resolve("policy.json");
    String name = ".policy.json." + ProcessHandle.current().pid() + ".tmp";
    Path theirs = Files.writeString(folder.resolve(name), "theirs");

    assertThat(Run.of("policy", "init", file, root, "--out", policy).code()).isZero();

    assertThat(theirs).hasContent("theirs");
    assertThat(Files.getPosixFilePermissions(policy))
        .isEqualTo(Files.getPosixFilePermissions(theirs)); // as the umask has it
  }

  @Test
  void init_noSuchFolder_exits2() {
    Run.of("policy", "init", file, root, "--out", folder.resolve("none/policy.json"))
        .assertUnusable("cannot write");
  }

  @Test
  void init_uncheckedAttestation_isRefused() {
    Run run = Run.of("policy", "init", file);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--root");
  }

  @Test
  void init_forgedProof_isRefused() throws IOException {
    Files.write(file, proof.json().with("principal", Principal.of("eve").toJson()).toBytes());

    Run run = Run.of("policy", "init", file, root);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("signature-invalid");
  }

  @Test
  void init_stubProof_saysThatNoHardwareIsShown() {
    Run run = Run.withInput(SoftProofs.proof().toBytes(), "policy", "init", "-");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("nothing about hardware");
    assertThat(JsonMapper.shared().readTree(run.out()).required("requireEnforcement").stringValue())
        .isEqualTo("stub");
  }

  @Test
  void init_missingProof_exits2() {
    Run.of("policy", "init", folder.resolve("none")).assertUnusable("no such file");
    Run.of("policy", "init").assertUnusable("PROOF");
    Run.of("policy").assertUnusable("a command is missing");
    Run.of("policy", "reset").assertUnusable("reset");
    Run.of().assertUnusable("a command is missing");
    Run.of("forge").assertUnusable("forge");
  }

  @Test
  void check_emptyPolicy_namesWhatItLeavesOpen() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), "{}");

    Run run = Run.of("policy", "check", "--json", policy);

    assertThat(run.code()).isZero();
    assertThat(run.json().required("leftOpen").size()).isEqualTo(5);
    assertThat(Run.of("policy", "check", policy).out()).contains("any measurement is accepted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requireAttestation\":true}",
        "{\"requireAttestationFormat\":\"aws-nitro\"}",
        "{\"maxAttestationAge\":1000}",
        "{\"requirePcrs\":{\"8\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f\"}}"
      })
  void check_ruleThatOnlyAnAttestationFulfils_leavesNoneOut(String json) throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), json);
    Path plain = Files.write(folder.resolve("plain.json"), SoftProofs.proof().toBytes());

    assertThat(Run.of("verify", plain, "--policy", policy).code()).isEqualTo(1);
    Run run = Run.of("policy", "check", policy);
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("Left open").doesNotContain("without attestation");
  }

  @Test
  void check_noPolicy_exits1WithPointer() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), "{\"minCounter\":7}");

    Run run = Run.of("policy", "check", "--json", policy);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("valid").booleanValue()).isFalse();
    assertThat(run.json().required("pointer").stringValue()).isEqualTo("/minCounter");
    assertThat(run.json().required("reason").stringValue()).isEqualTo("wrong-type");
    assertThat(Run.of("policy", "check", policy).out()).contains("✗ NOT A POLICY", "/minCounter");
    Run.of("policy", "check", folder.resolve("none")).assertUnusable("no such file");
  }

  @Test
  void check_halfACharacterInAName_isShownAsItsEscape() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), "{\"a\\udc00\": 1}");

    Run run = Run.of("policy", "check", "--json", policy);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("lone-surrogate");
    assertThat(run.json().required("pointer").stringValue()).isEqualTo("/a\\udc00");
    assertThat(Run.of("policy", "check", policy).out()).contains("holds a lone surrogate");
  }
}
