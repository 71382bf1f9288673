package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.Terminal;
import dev.occ.json.JsonString;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.verifier.Check;
import dev.occ.verifier.cli.OccVerify;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VerifyCommandTest {
  @TempDir private Path folder;
  private final Proof proof = SoftProofs.proof();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("proof.occ.json"), proof.toPrettyBytes());
  }

  @Test
  void verify_malformed_saysItOnce() {
    assertThat(Run.withInput("{".getBytes(StandardCharsets.UTF_8), "verify", "-").out())
        .contains("malformed")
        .doesNotContain("malformed, malformed");
  }

  @Test
  void verify_validProof_showsWhatIsProvenAndWhatNot() {
    Run run = Run.of("verify", file);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("✓ VALID (integrity only)  ")
        .contains(
            "✓ signature",
            "– attestation",
            "only integrity was checked",
            proof.proofHash().toBase64())
        .doesNotContain("\u001b", "✗");
  }

  @Test
  void verify_validProofAsJson_hasChecksClaimsAndCaveats() {
    JsonNode json = Run.of("verify", "--json", file).json();

    assertThat(json.required("valid").booleanValue()).isTrue();
    assertThat(json.required("input").stringValue()).isEqualTo(file.toString());
    assertThat(json.required("policy").stringValue()).isEqualTo("integrity-only");
    assertThat(json.required("checks").valueStream().map(c -> c.required("step").stringValue()))
        .containsExactly(
            Arrays.stream(Check.Step.values())
                .filter(step -> step != Check.Step.TIMESTAMP) // no time stamp is required
                .map(Check.Step::code)
                .toArray(String[]::new));
    assertThat(json.at("/checks/2/outcome").stringValue()).isEqualTo("passed");
    assertThat(json.at("/claims/proofHashB64").stringValue())
        .isEqualTo(proof.proofHash().toBase64());
    assertThat(json.at("/claims/counter").stringValue()).isEqualTo("2");
    assertThat(json.at("/claims/artifactCompared").booleanValue()).isFalse();
    assertThat(json.has("reason")).isFalse();
    assertThat(json.has("attestation")).isFalse();
    assertThat(json.required("caveats").toString()).contains("nothing about hardware was shown");
  }

  @Test
  void verify_authorisedProof_saysWhoAndHowMuchThatShows() throws IOException {
    Proof authorised = SoftProofs.authorised();
    Path path = Files.write(folder.resolve("authorised.json"), authorised.toBytes());
    String keyId = authorised.agency().orElseThrow().actor().keyId();

    Run run = Run.of("verify", path);
    JsonNode json = Run.of("verify", "--json", path).json();

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("Authorized by", keyId, AgencyDraft.ORIGIN, "index 1 of 2")
        .contains("covers the enclave's challenge only")
        .contains("outside the signature: /agency/batchContext, /agency/authorization/timestamp");
    assertThat(json.at("/actor/keyId").stringValue()).isEqualTo(keyId);
    assertThat(json.at("/actor/method").stringValue()).isEqualTo("webauthn");
    assertThat(json.at("/actor/webAuthn/origin").stringValue()).isEqualTo(AgencyDraft.ORIGIN);
    assertThat(json.at("/actor/webAuthn/rpIdHashHex").stringValue()).hasSize(64);
    assertThat(json.at("/actor/batch/index").intValue()).isEqualTo(1);
    assertThat(Run.of("inspect", path).out())
        .contains("not signed: /agency/authorization/timestamp", "/agency/actor/keyId");
  }

  @Test
  void verify_changedProof_exits1WithReason() throws IOException {
    Path changed =
        Files.write(
            folder.resolve("changed.json"),
            proof.json().with("principal", dev.occ.proof.Principal.of("eve").toJson()).toBytes());

    JsonNode json = Run.of("verify", "--json", changed).json();
    Run run = Run.of("verify", changed);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("✗ NOT VALID", "signature-invalid", "✗ signature", "FAILED");
    assertThat(json.required("valid").booleanValue()).isFalse();
    assertThat(json.required("reason").stringValue()).isEqualTo("signature-invalid");
    assertThat(json.required("text").stringValue()).isNotEmpty();
    assertThat(json.has("claims")).isFalse();
  }

  @Test
  void verify_malformedProof_exits1AndPointsAtMember() throws IOException {
    Path changed =
        Files.write(
            folder.resolve("changed.json"),
            proof.json().with("version", new JsonString("occ/2")).toBytes());

    Run run = Run.of("verify", "--json", changed);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("malformed");
    assertThat(run.json().required("detail").stringValue()).isEqualTo("unsupported-version");
    assertThat(run.json().required("pointer").stringValue()).isEqualTo("/version");
  }

  @Test
  void verify_noJson_exits1() {
    Run run = Run.withInput("no proof".getBytes(StandardCharsets.UTF_8), "verify", "--json", "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("malformed");
  }

  @Test
  void verify_noInputAtAll_exits1() {
    assertThat(Run.of("verify", "-").code()).isEqualTo(1);
  }

  @Test
  void verify_missingFile_exits2() {
    Run run = Run.of("verify", folder.resolve("none.json"));

    run.assertUnusable("none.json", "no such file");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void verify_missingFileAsJson_reachesNoVerdict() {
    Run run = Run.of("verify", "--json", folder.resolve("none.json"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.json().at("/error/reason").stringValue()).isEqualTo("unreadable");
    assertThat(run.json().has("valid")).isFalse();
  }

  @Test
  void verify_itsArtifact_isChecked() throws IOException {
    Path artifact = Files.write(folder.resolve("artifact"), SoftProofs.ARTIFACT);

    for (Run run :
        new Run[] {
          Run.of("verify", "--json", file, "--artifact", artifact),
          Run.of("verify", "--json", file, "--digest", SoftProofs.digest()),
          Run.withInput(proof.toBytes(), "verify", "--json", "-", "--artifact", artifact)
        }) {
      assertThat(run.code()).isZero();
      assertThat(run.json().at("/claims/artifactCompared").booleanValue()).isTrue();
    }
  }

  @Test
  void verify_anotherArtifact_exits1() throws IOException {
    Run run = Run.of("verify", "--json", file, "--artifact", file);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("artifact-mismatch");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void verify_artifactWithJobs_isJudged(int jobs) throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "another artifact");
    Path array = Files.writeString(folder.resolve("a.json"), "[" + proof.json().toJson() + "]");

    for (Path input : new Path[] {file, array}) {
      Run good = Run.of("verify", "--json", "--jobs", jobs, input, "--digest", SoftProofs.digest());
      Run bad = Run.of("verify", "--json", "--jobs", jobs, input, "--artifact", other);

      assertThat(good.code()).isZero();
      assertThat(good.json().at("/claims/artifactCompared").booleanValue()).isTrue();
      assertThat(bad.code()).isEqualTo(1);
      assertThat(bad.json().required("reason").stringValue()).isEqualTo("artifact-mismatch");
    }
  }

  @Test
  void verify_artifactWithJobsAndNoProof_isMalformed() {
    Run run =
        Run.withInput(
            "no proof".getBytes(StandardCharsets.UTF_8),
            "verify",
            "--json",
            "--jobs=8",
            "--digest",
            SoftProofs.digest(),
            "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("malformed");
  }

  @Test
  void verify_artifactWithSeveralProofs_exits2() throws IOException {
    Run.of("verify", file, file, "--artifact", file).assertUnusable("exactly one proof");
    Run.of("verify", folder, "--artifact", file).assertUnusable("exactly one proof");
    Run.of("verify", file, "--artifact", file, "--digest", SoftProofs.digest())
        .assertUnusable("exclude each other");
    Run.of("verify", file, "--artifact", folder.resolve("none")).assertUnusable("no such file");
  }

  @Test
  void verify_artifactWithLines_neverPicksOne() throws IOException {
    String line = proof.json().toJson();
    Path lines = Files.writeString(folder.resolve("p.jsonl"), line + "\n" + line + "\n");

    Run run = Run.of("verify", "--json", lines, "--digest", SoftProofs.digest());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("detail").stringValue()).isEqualTo("trailing-content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not base64", "E6vI9byliPCSiQrH4yQTENn9eOWXvecCTGqtxxHnAGM"})
  void verify_badDigest_exits2(String digest) {
    Run.of("verify", file, "--digest=" + digest).assertUnusable("--digest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "-1"})
  void verify_badJobs_exits2(String jobs) {
    Run.of("verify", file, "--jobs=" + jobs).assertUnusable("--jobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--jobs=x", "--unknown", "--policy"})
  void verify_badArguments_exits2WithHint(String argument) {
    Run.of("verify", file, argument).assertUnusable("occ-verify verify --help");
  }

  @Test
  void verify_atBeforeName_isPartOfTheName() throws IOException {
    Path options = Files.writeString(folder.resolve("options"), "--help");

    Run.of("verify", "@" + options).assertUnusable("@" + options, "no such file");
    Run.of("verify", "--digest", "@" + options, file).assertUnusable("--digest");
    Run.of("@" + options).assertUnusable("@" + options);
    Run.of("chain", "verify", "@" + options).assertUnusable("@" + options, "no such file");
  }

  @Test
  void verify_afterTwoDashes_takesFilesOnly() {
    Run.of("verify", "--", "--help", "--historical.json", file)
        .assertUnusable("cannot use --help: no such file", "cannot use --historical.json: no such");
  }

  @Test
  void verify_nothing_exits2() {
    Run.of("verify").assertUnusable("PROOF");
    Run.of("verify", "-", "-").assertUnusable("standard input");
    Run.of("verify", "\0").assertUnusable("not a path");
  }

  /** To the JDK the current folder, whose files nobody asked about. */
  @Test
  void verify_emptyArgument_isNoFolder() {
    for (Run run :
        new Run[] {
          Run.of("verify", ""),
          Run.of("verify", file, ""), // before any work
          Run.of("verify", "--digest", SoftProofs.digest(), ""),
          Run.of("verify", file, "--artifact", ""),
          Run.of("verify", file, "--policy", ""),
          Run.of("verify", file, "--tsa-root", ""),
          Run.of("inspect", ""),
          Run.of("policy", "init", ""),
          Run.of("policy", "init", file, "--out", ""),
          Run.of("policy", "check", ""),
          Run.of("chain", "verify", ""),
          Run.of("chain", "verify", file, ""),
          Run.of("chain", "verify", "--tmp", "", file),
          Run.of("chain", "verify", "--html", "", "--force", file)
        }) {
      run.assertUnusable("the file name is empty");
      assertThat(run.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void verify_memoryRunsOut_exits2(int jobs) {
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("as if");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            throw new OutOfMemoryError("as if");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = Terminal.plain(in, OutputStream.nullOutputStream(), err);

    assertThat(OccVerify.run(terminal, "verify", "--jobs=" + jobs, "-")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: no verdict: out of memory");
  }

  @Test
  void verify_untrustedText_cannotSteerTheTerminal() throws IOException {
    String evil = "\u001b[2J\u009b31m\u202e\r\nVALID\u007f";
    Path attributed =
        Files.write(folder.resolve("a.json"), SoftProofs.attributedTo(evil).toBytes());
    Path measured =
        Files.write(
            folder.resolve("b\u001b[2J.json"),
            proof.json().with(evil, new JsonString(evil)).toBytes());

    for (Path path : new Path[] {attributed, measured}) {
      Run run = Run.of("verify", path);
      assertThat(run.code()).isZero();
      assertThat(run.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\u007f", "\nVALID");
      assertThat(Run.of("inspect", path).out())
          .doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\u007f", "\nVALID");
      Run json = Run.of("verify", "--json", path);
      assertThat(json.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\u007f");
    }
    assertThat(
            Run.of("verify", "--json", attributed)
                .json()
                .at("/claims/attribution/name")
                .stringValue())
        .isEqualTo(evil);
  }

  @Test
  void verify_outputClosed_exits2() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    Terminal terminal =
        Terminal.plain(
            new ByteArrayInputStream(new byte[0]), closed, OutputStream.nullOutputStream());

    assertThat(OccVerify.run(terminal, "verify", file.toString())).isEqualTo(2);
  }
}
