package dev.occ.verifier.attestation;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.verifier.attestation.AttestationFormException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttestationInputTest {
  private final byte[] document = new TestDocument().build();
  private final String base64 = Base64.getEncoder().encodeToString(document);
  private final String hex = HexFormat.of().formatHex(document);

  @Test
  void read_formsPeopleKeep_givesDocument() throws Exception {
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(document);
    for (String text :
        new String[] {
          base64,
          Base64.getMimeEncoder().encodeToString(document) + "\r\n",
          url,
          hex,
          "0x" + hex,
          HexFormat.of().withUpperCase().formatHex(document),
          hex.replaceAll("(.{64})", "$1\n"),
          "\"" + base64 + "\"\n",
          "'" + hex + "'",
          "\ufeff" + base64,
          "{\"a\":{\"document\":\"" + base64 + "\"},\"b\":1}",
          "{\"a\":\"" + hex + "\",\"again\":\"" + base64 + "\"}",
          numbers(),
          "{\"document\":" + numbers() + "}"
        }) {
      assertThat(AttestationInput.read(text.getBytes(UTF_8))).as(text).isEqualTo(document);
    }
    assertThat(AttestationInput.read(document)).isEqualTo(document);
    byte[] tagged = HexFormat.of().parseHex("d2" + hex);
    assertThat(AttestationInput.read(tagged)).isEqualTo(tagged);
    assertThat(AttestationInput.read(HexFormat.of().parseHex("d83dd2" + hex))).isEqualTo(tagged);
  }

  @Test
  void read_formNotUnderstood_isNamed() {
    String other = Base64.getEncoder().encodeToString(TestDocument.nitroTpm().build());
    assertForm("", Reason.EMPTY);
    assertForm(" \r\n", Reason.EMPTY);
    assertForm("\ufeff", Reason.EMPTY);
    assertForm("x".repeat(AttestationInput.MAX_LENGTH + 1), Reason.TOO_LONG);
    assertForm("-----BEGIN ATTESTATION-----\n" + base64, Reason.PEM);
    assertForm("{\"a\":", Reason.JSON_MALFORMED);
    assertForm("{\"a\":\"aGVsbG8=\",\"b\":[1,256]}", Reason.JSON_WITHOUT_DOCUMENT);
    assertForm("{\"a\":\"" + base64 + "\",\"b\":\"" + other + "\"}", Reason.JSON_AMBIGUOUS);
    assertForm("aGVsbG8=", Reason.NOT_COSE);
    assertForm("hello, world", Reason.UNKNOWN);
    assertForm(base64.substring(0, 101), Reason.UNKNOWN);
    assertThat(form(("\ufeff" + base64).getBytes(UTF_16))).isEqualTo(Reason.UTF16);
    assertThat(Reason.JSON_WITHOUT_DOCUMENT.code()).isEqualTo("json-without-document");
  }

  @Test
  void read_tag61WithoutCoseTag_keepsItForTheVerifierToRefuse() throws Exception {
    byte[] input = HexFormat.of().parseHex("d83d" + hex);

    Verdicts.assertRefused(
        AttestationVerifier.aws().verify(AttestationInput.read(input)),
        AttestationRejection.COSE_UNEXPECTED_TAG);
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
  void read_genuineInKnownForm_isTrusted(String name) throws Exception {
    Verdicts.assertTrusted(AttestationVerifier.aws().verify(AttestationInput.read(form(name))));
  }

  @ParameterizedTest
  @CsvSource({"empty.bin, EMPTY", "utf16.txt, UTF16", "pem.txt, PEM"})
  void read_genuineInOtherForm_isNamed(String name, Reason reason) throws Exception {
    assertThat(form(form(name))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "trailnl.bin, CBOR_TRAILING_BYTES",
    "cabundle-reversed.bin, CABUNDLE_REVERSED",
  })
  void read_genuineThatWasChanged_isRefusedForIt(String name, AttestationRejection reason)
      throws Exception {
    Verdicts.assertRefused(
        AttestationVerifier.aws().verify(AttestationInput.read(form(name))), reason);
  }

  private String numbers() {
    int[] values = new int[document.length];
    Arrays.setAll(values, i -> document[i] & 0xFF);
    return Arrays.toString(values);
  }

  private static void assertForm(String input, Reason reason) {
    assertThat(form(input.getBytes(UTF_8))).as(input).isEqualTo(reason);
  }

  private static Reason form(byte[] input) {
    return catchThrowableOfType(AttestationFormException.class, () -> AttestationInput.read(input))
        .reason();
  }

  private static byte[] form(String name) throws Exception {
    Path vectors = Path.of(System.getProperty("occ.vectors", "../../shared/vectors"));
    Path file = vectors.resolveSibling("cases").resolve("forms").resolve(name);
    assumeTrue(Files.isRegularFile(file), () -> "no case " + file);
    return Files.readAllBytes(file);
  }
}
