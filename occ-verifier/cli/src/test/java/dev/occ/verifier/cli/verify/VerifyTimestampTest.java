package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.timestamp.NamedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Timestamps on the command line, with a real one. */
class VerifyTimestampTest {
  private static final String ROOT =
      "sha256:a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc";
  private static final Path FOLDER =
      Path.of(System.getProperty("occ.vectors", "../../shared/vectors"), "proofs");
  private static final Path PROOF = FOLDER.resolve("nitro-2026-03-21-18.json");

  @BeforeEach
  void vectors() {
    assumeTrue(
        Files.isRegularFile(PROOF),
        "no test vectors at " + FOLDER + "; OCC_VECTORS names their folder");
  }

  @Test
  void verify_pinnedByHash_saysAuthorityTimeAndWhatItShows() {
    Run text = Run.of("verify", PROOF, "--tsa-root", ROOT);
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains("2026-03-21T17:30:53Z", "www.freetsa.org", "nothing about when the proof was")
        .contains("/timestamps/artifact/authority");

    JsonNode stamp =
        Run.of("verify", "--json", PROOF, "--tsa-root", ROOT).json().at("/timestamps/0");
    assertThat(stamp.required("of").stringValue()).isEqualTo("artifact");
    assertThat(stamp.required("genuine").booleanValue()).isTrue();
    assertThat(stamp.required("authority").stringValue()).isEqualTo("www.freetsa.org");
    assertThat(stamp.required("serial").stringValue()).isEqualTo("39ec0ec");
    assertThat(stamp.required("chain").size()).isEqualTo(2);
  }

  @Test
  void verify_otherRoot_validButShowsNothing() {
    String other = "sha256:" + "00".repeat(32);
    Run text = Run.of("verify", PROOF, "--tsa-root", other);
    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("not valid: root-not-pinned");

    JsonNode stamp =
        Run.of("verify", "--json", PROOF, "--tsa-root", other).json().at("/timestamps/0");
    assertThat(stamp.required("genuine").booleanValue()).isFalse();
    assertThat(stamp.required("reason").stringValue()).isEqualTo("root-not-pinned");
  }

  @Test
  void verify_withoutRoots_saysNothingOfTimestamps() {
    assertThat(Run.of("verify", "--json", PROOF).json().has("timestamps")).isFalse();
  }

  @Test
  void verify_required_decides() {
    assertThat(
            Run.of("verify", PROOF, "--tsa-root", ROOT, "--require-timestamp", "artifact").code())
        .isZero();
    Run run = Run.of("verify", "--json", PROOF, "--tsa-root", ROOT, "--require-timestamp", "proof");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("timestamp-missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "sha256:00", "sha256:XX", "/no/such/file"})
  void verify_badRoot_exits2(String root) {
    assertThat(Run.of("verify", PROOF, "--tsa-root", root).code()).isEqualTo(2);
  }

  /** Root, issuing CA and authority of {@link NamedToken}. */
  private static List<Path> certificates(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Bytes certificate : NamedToken.certificates()) {
      Path file = folder.resolve(files.size() + ".der");
      Files.write(file, certificate.toByteArray());
      files.add(file);
    }
    return files;
  }

  @Test
  void verify_tokenWithoutCertificates_genuineWithThoseGiven(@TempDir Path folder)
      throws Exception {
    List<Path> files = certificates(folder);
    Proof real = Proof.read(Files.readAllBytes(PROOF));
    JsonObject stamps =
        JsonObject.builder()
            .put("artifact", NamedToken.withoutCertificates(real.artifactDigest()).toJson())
            .build();
    Path proof = folder.resolve("proof.json");
    Files.writeString(proof, real.json().with("timestamps", stamps).toJson());

    Run without = Run.of("verify", proof, "--tsa-root", files.get(0));
    assertThat(without.code()).as(without.err()).isZero();
    assertThat(without.out())
        .contains("signer-certificate-missing", "the authority's certificate is needed");
    Run with =
        Run.of(
            "verify",
            proof,
            "--tsa-root",
            files.get(0),
            "--tsa-certificate",
            files.get(1),
            "--tsa-certificate",
            files.get(2),
            "--require-timestamp",
            "artifact");
    assertThat(with.code()).as(with.err()).isZero();
    assertThat(with.out()).contains("Test Authority");
  }

  @Test
  void verify_certificateWithoutARootOrNoCertificate_exits2(@TempDir Path folder)
      throws IOException {
    Run alone = Run.of("verify", PROOF, "--tsa-certificate", certificates(folder).get(2));
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("--tsa-certificate needs --tsa-root");
    Run none = Run.of("verify", PROOF, "--tsa-root", ROOT, "--tsa-certificate", PROOF);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("--tsa-certificate", "not a certificate");
  }

  @Test
  void verify_badRequirement_exits2() {
    assertThat(Run.of("verify", PROOF, "--require-timestamp", "proof").code()).isEqualTo(2);
    assertThat(Run.of("verify", PROOF, "--tsa-root", ROOT, "--require-timestamp", "both").code())
        .isEqualTo(2);
  }
}
