package dev.occ.verifier.cli.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.input.InputReader;
import dev.occ.json.JsonException;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {
  private final Proof proof = SoftProofs.attested(SoftProofs.authority());
  private final byte[] report =
      proof.environment().attestation().orElseThrow().report().toByteArray();
  @TempDir private Path folder;

  @Test
  void inspect_proof_showsEveryMemberAndBelievesNone() {
    byte[] extended = proof.json().with("claims", new JsonString("mine")).toBytes();

    Run run = Run.withInput(extended, "inspect", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("NOT VERIFIED")
        .contains(
            "/version = \"occ/1\"",
            "  /commit/counter = \"2\"",
            "not signed: /claims = \"mine\"",
            "module_id",
            "PCR0",
            "key usage digitalSignature")
        .doesNotContain("✓", "VALID");
  }

  @Test
  void inspect_numbersOfOneDouble_lookTheSameInTextAndJson() throws JsonException {
    String[] outputs = new String[4];
    String[] literals = {"9007199254740993", "9007199254740992.0"};
    for (int i = 0; i < 2; i++) {
      JsonValue policy = JsonValue.read(("{\"n\":[" + literals[i] + "]}").getBytes(UTF_8));
      byte[] changed = proof.json().with("metadata", policy).toBytes();
      outputs[i] = Run.withInput(changed, "inspect", "-").out();
      outputs[2 + i] = Run.withInput(changed, "inspect", "--json", "-").out();
    }
    assertThat(outputs[0]).contains("/metadata/n/0 = 9007199254740992\n").isEqualTo(outputs[1]);
    assertThat(outputs[2]).contains("[9007199254740992]").isEqualTo(outputs[3]);
  }

  @Test
  void inspect_insideOfUnsignedMember_isUnsigned() throws JsonException {
    byte[] extended =
        proof
            .json()
            .with("a/b", JsonValue.read("{\"c~\":[{\"d\":1}],\"e\":[]}".getBytes(UTF_8)))
            .with("versions", new JsonString("like a signed one"))
            .toBytes();

    Run run = Run.withInput(extended, "inspect", "-");

    assertThat(run.out())
        .contains(
            "  not signed: /a~1b/c~0/0/d = 1\n",
            "  not signed: /a~1b/e = []\n",
            "  not signed: /versions = \"like a signed one\"\n",
            "  /version = \"occ/1\"\n");
  }

  @Test
  void inspect_longNames_areCutAndLeaveRoomForTheValues() throws JsonException {
    String name = "n".repeat(300_000);
    String values = "[" + "0,".repeat(200_000) + "77]";
    byte[] extended = proof.json().with(name, JsonValue.read(values.getBytes(UTF_8))).toBytes();

    Run run = Run.withInput(extended, "inspect", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("not signed: /nnn")))
        .hasSize(200_001)
        .allMatch(line -> line.length() < 200)
        .anyMatch(line -> line.endsWith("… = 77"));
  }

  @Test
  void inspect_manyMembers_areAllShown() throws JsonException {
    StringBuilder members = new StringBuilder(proof.json().toJson());
    members.setLength(members.length() - 1);
    for (int i = 0; i < 90_000; i++) {
      members.append(",\"").append(i).append("\":0");
    }

    Run run = Run.withInput(members.append('}').toString().getBytes(UTF_8), "inspect", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("  not signed: /")))
        .hasSizeGreaterThanOrEqualTo(90_000);
  }

  @Test
  void inspect_proofAsJson_keepsProofAndSaysUnverified() {
    JsonNode json = Run.withInput(proof.toBytes(), "inspect", "--json", "-").json();

    assertThat(json.required("kind").stringValue()).isEqualTo("proof");
    assertThat(json.required("verified").booleanValue()).isFalse();
    assertThat(json.required("proof")).isEqualTo(JsonMapper.shared().readTree(proof.toBytes()));
    assertThat(json.at("/document/pcrs/0").stringValue())
        .isEqualTo(proof.environment().measurement());
    assertThat(json.at("/document/userDataB64").stringValue())
        .isEqualTo(proof.proofHash().toBase64());
  }

  @Test
  void inspect_document_isTheSameInEveryForm() throws IOException {
    Path file = Files.write(folder.resolve("doc.cose"), report);
    byte[] text =
        Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII)).encode(report);

    Run binary = Run.of("inspect", "--json", file);
    Run base64 = Run.withInput(text, "inspect", "--json", "-");

    assertThat(binary.code()).isZero();
    assertThat(base64).isEqualTo(binary);
    assertThat(binary.json().required("kind").stringValue()).isEqualTo("attestation-document");
    assertThat(binary.json().required("verified").booleanValue()).isFalse();
    assertThat(binary.json().at("/document/certificates").size()).isGreaterThan(3);
    assertThat(Run.of("inspect", file).out())
        .startsWith("NOT VERIFIED")
        .contains("issuer", "serial");
  }

  @Test
  void inspect_certificateThatIsNone_isShownAsSuch() {
    // The leaf's tag, the first SEQUENCE after the CBOR byte string's head of three bytes.
    byte[] broken = report.clone();
    byte[] leaf = {'c', 'e', 'r', 't', 'i', 'f', 'i', 'c', 'a', 't', 'e'};
    broken[indexOf(broken, leaf) + leaf.length + 3] = 0x31;

    Run run = Run.withInput(broken, "inspect", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("not an X.509 certificate");
    assertThat(Run.withInput(broken, "inspect", "--json", "-").out())
        .contains("\"problem\":\"not an X.509 certificate\"");
  }

  @Test
  void inspect_proofWithOtherReport_showsItsMembers() {
    Proof plain = SoftProofs.proof();

    Run run = Run.withInput(plain.toBytes(), "inspect", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(plain.proofHash().toBase64()).doesNotContain("module_id");
  }

  @Test
  void inspect_neither_exits2() throws IOException {
    Run.withInput(new byte[0], "inspect", "-").assertUnusable("neither");
    Run.withInput(new byte[] {1, 2, 3}, "inspect", "-").assertUnusable("neither");
    Run.withInput("AAAA".getBytes(UTF_8), "inspect", "-").assertUnusable("neither a proof nor");
    Run.withInput(new byte[] {(byte) 0xD2, 0}, "inspect", "-")
        .assertUnusable("neither a proof nor");
    Run.withInput("{]".getBytes(UTF_8), "inspect", "-").assertUnusable("not strict JSON");
    Run.withInput("{}".getBytes(UTF_8), "inspect", "-")
        .assertUnusable("/version", "missing-member");
    Run.withInput(new byte[InputReader.MAX_BYTES + 1], "inspect", "-").assertUnusable("longer");
    Run.of("inspect", folder.resolve("none")).assertUnusable("no such file");
    Run.of("inspect").assertUnusable("PROOF|DOC");
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int index = text.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
    assertThat(index).isPositive();
    return index;
  }
}
