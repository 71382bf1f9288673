package dev.occ.verifier.cli.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.cli.Terminal;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.Forge;
import dev.occ.verifier.attestation.NitroAttestation;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AttestationCommandTest {
  private final SoftAttestationAuthority authority = SoftProofs.authority();
  private final byte[] report =
      SoftProofs.attested(authority)
          .environment()
          .attestation()
          .orElseThrow()
          .report()
          .toByteArray();
  @TempDir private Path folder;
  private Path root;
  private Path document;
  private NitroAttestation decoded;

  @BeforeEach
  void write() throws Exception {
    root = Files.write(folder.resolve("root.der"), authority.rootCertificate());
    document = Files.write(folder.resolve("doc.bin"), report);
    decoded = NitroAttestation.decode(report);
  }

  @Test
  void attestation_nothingExpected_isGenuineAndSaysNothingAboutCode() {
    Run run = Run.of("attestation", document, "--root", root);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("GENUINE")
        .contains("genuine; nothing about which code", pcr0(), decoded.moduleId());
  }

  @Test
  void attestation_asExpected_saysWhatWasCompared() throws Exception {
    Path userData =
        Files.write(folder.resolve("ud"), decoded.userData().orElseThrow().toByteArray());
    JsonNode json =
        Run.of(
                "attestation",
                document,
                "--root",
                root,
                "--pcr0",
                pcr0(),
                "--user-data",
                "file:" + userData,
                "--at",
                decoded.timestamp(),
                "--max-age",
                "0s",
                "--json")
            .json();

    assertThat(json.at("/verdict").stringValue()).isEqualTo("genuine");
    assertThat(json.at("/basis").stringValue())
        .isEqualTo("genuine; as expected: PCR0, user_data, age");
    assertThat(json.at("/document/pcrs/0").stringValue()).isEqualTo(pcr0());
  }

  @Test
  void attestation_otherThanExpected_isOneAndNamesEachMismatch() {
    Run run =
        Run.of(
            "attestation",
            document,
            "--root",
            root,
            "--pcr",
            "0=" + "AB".repeat(48),
            "--nonce",
            "text:x",
            "--public-key",
            "hex:00");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("NOT AS EXPECTED")
        .contains("pcr-differs", "nonce-differs", "public-key-differs");
  }

  @Test
  void attestation_underAwsRoot_isOne() {
    Run run = Run.of("attestation", document);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("NOT VALID").contains("root-not-pinned");
  }

  @Test
  void attestation_oneOfManyUnusable_judgesTheOthers() {
    Run run = Run.withInput("no".getBytes(UTF_8), "attestation", "-", document, "--root", root);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("not-cose");
    assertThat(run.out()).startsWith("GENUINE");
  }

  @ParameterizedTest
  @CsvSource({
    "--pcr, 0:ab",
    "--pcr, 32=ab",
    "--pcr, 0=xx",
    "--pcr0, abcd",
    "--nonce, x",
    "--user-data, hex:x",
    "--max-age, 5",
    "--at, yesterday",
    "--public-key, file:/nowhere"
  })
  void attestation_badArgument_isUnusable(String option, String value) {
    Run.of("attestation", document, "--root", root, option, value).assertUnusable(option);
  }

  @Test
  void attestation_atAndNow_excludeEachOther() {
    Run.of("attestation", document, "--now", "--at", "2026-01-01T00:00:00Z")
        .assertUnusable("--at", "--now");
  }

  /** At the present, which the test sets: the certificates of a document live for hours. */
  @Test
  void attestation_now_judgesAtThePresent() {
    Instant made = decoded.timestamp();
    assertThat(codeAt(made.plusSeconds(60), "--now", "--max-age", "5m")).isZero();
    assertThat(codeAt(made.plusSeconds(301), "--now", "--max-age", "5m")).isEqualTo(1);
    assertThat(codeAt(made.plusSeconds(301), "--max-age", "6m")).isZero();
    assertThat(codeAt(made.plus(Duration.ofDays(30)), "--now")).isEqualTo(1);
    assertThat(codeAt(made.plus(Duration.ofDays(30)))).as("at its own time").isZero();
    assertThat(codeAt(made, "--at", made.plus(Duration.ofDays(30)).toString())).isEqualTo(1);
  }

  private int codeAt(Instant present, String... options) {
    Terminal terminal =
        Terminal.plain(
            new ByteArrayInputStream(new byte[0]),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());
    List<String> arguments =
        new ArrayList<>(List.of(document.toString(), "--root", root.toString()));
    arguments.addAll(List.of(options));
    return new CommandLine(new AttestationCommand(terminal, Clock.fixed(present, ZoneOffset.UTC)))
        .execute(arguments.toArray(new String[0]));
  }

  @Test
  void attestation_debugEnclave_needsTheOption() throws Exception {
    byte[] proof = Forge.ofDebugEnclave(authority);
    Path debug =
        Files.write(
            folder.resolve("debug.bin"),
            Proof.read(proof).environment().attestation().orElseThrow().report().toByteArray());

    Run refused = Run.of("attestation", debug, "--root", root);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).contains("debug-enclave");
    assertThat(Run.of("attestation", debug, "--root", root, "--allow-debug").code()).isZero();
  }

  @Test
  void attestation_valueInAnyForm_isCompared() throws Exception {
    byte[] userData = decoded.userData().orElseThrow().toByteArray();
    Path file = Files.write(folder.resolve("data"), userData);
    String hex = decoded.userData().orElseThrow().toHex();

    for (String value :
        List.of("file:" + file, "hex:" + hex, "hex:" + hex.toUpperCase(Locale.ROOT))) {
      Run run = Run.of("attestation", document, "--root", root, "--user-data", value);
      assertThat(run.code()).as(value).isZero();
    }
    Run other = Run.of("attestation", document, "--root", root, "--user-data", "text:other");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("user-data");
    Run.of("attestation", document, "--root", root, "--user-data", hex).assertUnusable("text:TEXT");
  }

  @Test
  void verify_documentInJson_saysWhereToGo() {
    String base64 = Base64.getEncoder().encodeToString(report);
    StringBuilder numbers = new StringBuilder("[");
    for (byte b : report) {
      numbers.append(numbers.length() == 1 ? "" : ",").append(b & 0xFF);
    }
    for (String input :
        List.of("{\"document\":\"" + base64 + "\"}", numbers.append(']').toString())) {
      Run run = Run.withInput(input.getBytes(UTF_8), "verify", "-");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("command attestation");
    }
  }

  @Test
  void verify_document_saysWhereToGo() {
    for (byte[] input : new byte[][] {report, Base64.getEncoder().encode(report)}) {
      Run run = Run.withInput(input, "verify", "-");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out() + run.err()).contains("attestation document", "command attestation");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array.json",
        "b64url.txt",
        "bom.txt",
        "crlf.txt",
        "hex.txt",
        "hex0x.txt",
        "hexupper.txt",
        "json.json",
        "json64.json",
        "quoted.txt",
        "tag61.bin"
      })
  void attestation_genuineInKnownForm_isGenuine(String name) {
    Run run = Run.of("attestation", form(name));
    assertThat(run.code()).as(run.out() + run.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "empty.bin, 2, empty",
    "utf16.txt, 2, utf16",
    "pem.txt, 2, pem",
    "trailnl.bin, 1, cbor-trailing-bytes",
    "cabundle-reversed.bin, 1, cabundle-reversed"
  })
  void attestation_otherForm_isNamed(String name, int code, String reason) {
    Run run = Run.of("attestation", form(name));
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out() + run.err()).contains(reason);
  }

  @Test
  void attestation_corpus_givesExpectedVerdicts() throws Exception {
    Path corpus = vectors().resolve("attestation");
    Path expected = corpus.resolve("expected.json");
    assumeTrue(Files.isRegularFile(expected), () -> "no test vector " + expected);
    for (Map.Entry<String, JsonNode> entry :
        JsonMapper.shared().readTree(Files.readAllBytes(expected)).properties()) {
      Path file = corpus.resolve(entry.getKey());
      String verdict = entry.getValue().get("verdict").stringValue();
      boolean genuine = !verdict.startsWith("invalid");

      assertThat(Run.of("attestation", file).code())
          .as(entry.getKey())
          .isEqualTo(verdict.equals("valid") ? 0 : 1);
      assertThat(Run.of("attestation", file, "--allow-debug").code())
          .as(entry.getKey())
          .isEqualTo(genuine ? 0 : 1);
    }
  }

  private String pcr0() {
    return decoded.pcr(0).map(Bytes::toHex).orElseThrow();
  }

  private static Path vectors() {
    return Path.of(System.getProperty("occ.vectors", "../../../shared/vectors"));
  }

  private static Path form(String name) {
    Path file = vectors().resolveSibling("cases").resolve("forms").resolve(name);
    assumeTrue(Files.isRegularFile(file), () -> "no case " + file);
    return file;
  }
}
