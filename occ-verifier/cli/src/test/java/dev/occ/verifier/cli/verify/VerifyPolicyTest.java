package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Policies, roots and times on the command line. */
class VerifyPolicyTest {
  private static final String PCR0 = "ab".repeat(48);

  @TempDir private Path folder;
  private final SoftAttestationAuthority authority = SoftProofs.authority();
  private final Proof proof = SoftProofs.attested(authority);
  private Path file;
  private Path root;
  private Path policy;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("proof.json"), proof.toBytes());
    root = Files.write(folder.resolve("root.der"), authority.rootCertificate());
    policy = Files.writeString(folder.resolve("policy.json"), "{\"requireAttestation\":true}");
  }

  @Test
  void verify_pinnedRoot_showsFactsButNoHardware() {
    Run run = Run.of("verify", "--json", file, "--policy", policy, "--root", pinned(root));

    assertThat(run.code()).isZero();
    JsonNode facts = run.json().required("attestation");
    assertThat(facts.required("awsRoot").booleanValue()).isFalse();
    assertThat(facts.required("format").stringValue()).isEqualTo(SoftAttestationAuthority.FORMAT);
    assertThat(facts.required("time").stringValue()).isEqualTo(SoftProofs.TIME.toString());
    assertThat(facts.at("/pcrs/0").stringValue()).isEqualTo(proof.environment().measurement());
    assertThat(facts.at("/chain/0/ca").booleanValue()).isTrue();
    assertThat(facts.required("chain").get(facts.required("chain").size() - 1).toString())
        .contains("\"ca\":false", "digitalSignature");
    assertThat(run.json().required("notShown").toString()).contains("no AWS hardware");
    assertThat(Run.of("verify", file, "--policy", policy, "--root", pinned(root)).out())
        .contains("Attested by the authority given with --root", "PCR0", "valid 2");
  }

  @Test
  void verify_pemRoot_isTheSame() throws IOException {
    Path pem = Files.writeString(folder.resolve("root.pem"), pem());

    Run run = Run.of("verify", file, "--policy", policy, "--root", pinned(pem));

    assertThat(run.code()).isZero();
  }

  @Test
  void verify_noRoot_exits1() {
    Run run = Run.of("verify", "--json", file, "--policy", policy);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue())
        .isEqualTo("policy-attestation-not-checked");
  }

  @Test
  void verify_atAnotherTime_exits1() {
    Run run =
        Run.of(
            "verify",
            "--json",
            file,
            "--policy",
            policy,
            "--root",
            pinned(root),
            "--at",
            "2060-01-01T00:00:00Z");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("attestation-invalid");
    assertThat(run.json().required("detail").stringValue()).isEqualTo("certificate-expired");
  }

  @Test
  void verify_softProofUnderPcr0_exits1() {
    Run run =
        Run.of(
            "verify",
            "--json",
            file,
            "--pcr0",
            proof.environment().measurement(),
            "--root",
            pinned(root));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("policy").stringValue()).isEqualTo("pcr0");
    assertThat(run.json().required("reason").stringValue()).isEqualTo("policy-enforcement");
  }

  @Test
  void verify_onePcr0Twice_isOnePcr0() {
    Run run = Run.of("verify", "--json", file, "--pcr0", PCR0, "--pcr0", PCR0, "--pcr0", PCR0);

    assertThat(run.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zz", "abc", "ABABABAB"})
  void verify_badPcr0_exits2(String pcr0) {
    Run.of("verify", file, "--pcr0=" + pcr0).assertUnusable("96 lower-case hex digits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"requireSlots\":true}|/requireSlots|unknown-member",
        "{\"requireSlot\":1}|/requireSlot|wrong-type",
        "{\"requirePcrs\":{\"1\":\"zz\"}}|/requirePcrs/1|invalid-hex",
        "[]|the document|wrong-type",
        "{|the document|malformed"
      })
  void verify_badPolicy_exits2AndPoints(String json, String place, String reason)
      throws IOException {
    Files.writeString(policy, json);

    Run.of("verify", file, "--policy", policy).assertUnusable(policy.toString(), place, reason);
  }

  @Test
  void verify_badTime_exits2() {
    Run.of("verify", file, "--policy", policy, "--at=yesterday")
        .assertUnusable("--at", "yesterday");
  }

  @Test
  void verify_unreadablePolicy_exits2() {
    Run.of("verify", file, "--policy", folder.resolve("none")).assertUnusable("no such file");
    Run.of("verify", file, "--policy", folder).assertUnusable("cannot read");
    Run.of("verify", file, "--policy", policy, "--pcr0", PCR0).assertUnusable("exclude each other");
  }

  @Test
  void verify_optionsThatWouldDoNothing_exits2() {
    Run.of("verify", file, "--root", pinned(root)).assertUnusable("--policy or --pcr0");
    Run.of("verify", file, "--allow-debug").assertUnusable("--policy or --pcr0");
    Run.of("verify", file, "--at", "2026-01-01T00:00:00Z").assertUnusable("--policy or --pcr0");
  }

  @Test
  void verify_badRoot_exits2() throws IOException {
    Path two = Files.writeString(folder.resolve("two.pem"), pem() + pem());
    Path cut = Files.writeString(folder.resolve("cut.pem"), pem().substring(0, 100));
    Path garbled =
        Files.writeString(folder.resolve("garbled.pem"), pem().replace("-\nMII", "-\nM*I"));

    Run.of("verify", file, "--policy", policy, "--root", "=x").assertUnusable("FORMAT=FILE");
    Run.of("verify", file, "--policy", policy, "--root", "x").assertUnusable("FORMAT=FILE");
    Run.of("verify", file, "--policy", policy, "--root", "x=").assertUnusable("FORMAT=FILE");
    Run.of("verify", file, "--policy", policy, "--root", pinned(file)).assertUnusable("not a root");
    Path shared =
        Files.writeString(
            folder.resolve("shared.pem"), "-----BEGIN CERTIFICATE-----END CERTIFICATE-----");
    for (Path pem : new Path[] {two, cut, garbled, shared}) {
      Run.of("verify", file, "--policy", policy, "--root", pinned(pem))
          .assertUnusable("exactly one certificate");
    }
  }

  private static String pinned(Path root) {
    return SoftAttestationAuthority.FORMAT + "=" + root;
  }

  private String pem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(authority.rootCertificate())
        + "\n-----END CERTIFICATE-----\n";
  }
}
