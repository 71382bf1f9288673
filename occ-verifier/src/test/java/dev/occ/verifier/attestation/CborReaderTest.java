package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.CborValue.Array;
import dev.occ.verifier.attestation.CborValue.Bool;
import dev.occ.verifier.attestation.CborValue.Int;
import dev.occ.verifier.attestation.CborValue.Mapping;
import dev.occ.verifier.attestation.CborValue.Null;
import dev.occ.verifier.attestation.CborValue.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class CborReaderTest {
  /** RFC 8949 appendix F: none of it is well-formed. */
  private static final List<String> APPENDIX_F =
      List.of(
          // End of input in a head
          "18",
          "19",
          "1a",
          "1b",
          "1901",
          "1a0102",
          "1b01020304050607",
          "38",
          "58",
          "78",
          "98",
          "9a01ff00",
          "b8",
          "d8",
          "f8",
          "f900",
          "fa0000",
          "fb000000",
          // Definite-length strings with short data
          "41",
          "61",
          "5affffffff00",
          "5bffffffffffffffff010203",
          "7affffffff00",
          "7b7fffffffffffffff010203",
          // Definite-length maps and arrays not closed with enough items
          "81",
          "818181818181818181",
          "8200",
          "a1",
          "a20102",
          "a100",
          "a2000000",
          // Tag number not followed by tag content
          "c0",
          // Indefinite-length strings and containers not closed by a break
          "5f4100",
          "7f6100",
          "9f",
          "9f0102",
          "bf",
          "bf01020102",
          "819f",
          "9f8000",
          "9f9f9f9f9fffffffff",
          "9f819f819f9fffffff",
          // Reserved additional information
          "1c",
          "1d",
          "1e",
          "3c",
          "3d",
          "3e",
          "5c",
          "5d",
          "5e",
          "7c",
          "7d",
          "7e",
          "9c",
          "9d",
          "9e",
          "bc",
          "bd",
          "be",
          "dc",
          "dd",
          "de",
          "fc",
          "fd",
          "fe",
          // Reserved two-byte encodings of simple values
          "f800",
          "f801",
          "f818",
          "f81f",
          // Indefinite-length string chunks not of the correct type
          "5f00ff",
          "5f21ff",
          "5f6100ff",
          "5f80ff",
          "5fa0ff",
          "5fc000ff",
          "5fe0ff",
          "7f4100ff",
          // Nested indefinite-length strings
          "5f5f4100ffff",
          "7f7f6100ffff",
          // Break outside of an indefinite-length item
          "ff",
          "81ff",
          "8200ff",
          "a1ff",
          "a1ff00",
          "a100ff",
          "a20000ff",
          "9f81ff",
          "9f829f819f9fffffffff",
          // Break in an indefinite-length map where a value is due
          "bf00ff",
          "bf000000ff",
          // Major types 0, 1 and 6 of indefinite length
          "1f",
          "3f",
          "df");

  static List<JsonNode> appendixA() {
    return Vectors.json("cbor/appendix_a.json").valueStream().toList();
  }

  /**
   * RFC 8949 appendix A: what is of the profile is read exactly, what is not is refused as such.
   */
  @ParameterizedTest
  @MethodSource("appendixA")
  void read_appendixA_readsExactlyOrRefuses(JsonNode example) throws Exception {
    byte[] cbor = hex(example.get("hex").stringValue());
    if (isOfProfile(example.get("hex").stringValue())) {
      CborValue value = CborReader.read(cbor);
      if (example.has("decoded")) {
        assertThat(value).isEqualTo(expected(example.get("decoded")));
      } else {
        assertThat(value.toString()).isNotEmpty();
      }
    } else {
      // f818 stood in RFC 7049's appendix; RFC 8949 calls it malformed.
      assertRefused(
          () -> CborReader.read(cbor),
          cbor[0] == (byte) 0xF8 && cbor[1] == 0x18
              ? AttestationRejection.CBOR_MALFORMED
              : AttestationRejection.CBOR_NOT_ALLOWED);
    }
  }

  /** Not of the profile: tags, floats, simple values, chunks, integers beyond 64 signed bits. */
  private static boolean isOfProfile(String hex) {
    return !hex.matches("(c|d|f[7-9ab0]|5f|7f|1bffff|3bffff).*");
  }

  private static CborValue expected(JsonNode json) {
    if (json.isArray()) {
      return new Array(json.valueStream().map(CborReaderTest::expected).toList());
    }
    if (json.isObject()) {
      Map<CborValue, CborValue> entries = new HashMap<>();
      json.properties().forEach(e -> entries.put(new Text(e.getKey()), expected(e.getValue())));
      return new Mapping(entries);
    }
    if (json.isString()) {
      return new Text(json.stringValue());
    }
    if (json.isBoolean()) {
      return new Bool(json.booleanValue());
    }
    return json.isNull() ? new Null() : new Int(json.longValue());
  }

  static List<String> appendixF() {
    return APPENDIX_F;
  }

  @ParameterizedTest
  @MethodSource("appendixF")
  void read_appendixF_isRefused(String hex) {
    // A tag or a chunked string is outside the profile before it can be malformed.
    boolean outside = hex.matches("(c0|5f|7f).*");
    assertRefused(
        () -> CborReader.read(hex(hex)),
        outside ? AttestationRejection.CBOR_NOT_ALLOWED : AttestationRejection.CBOR_MALFORMED);
  }

  /** The same where it meets a verifier: as the document, as its payload, as a member of that. */
  @ParameterizedTest
  @MethodSource("appendixF")
  void verify_appendixF_isRefusedAsCbor(String hex) {
    TestDocument good = new TestDocument();
    AttestationVerifier verifier =
        AttestationVerifier.builder().root(Bytes.of(good.ders()[0])).build();
    byte[] malformed = hex(hex);
    // Another tag than 18 in front is refused as such, before what it stands before.
    assertThat(refusal(verifier.verify(malformed)))
        .matches(hex.matches("[cd].*") ? "cose-unexpected-tag" : "cbor-.*");
    assertThat(refusal(verifier.verify(good.build(malformed)))).startsWith("cbor-");
    assertThat(refusal(verifier.verify(good.member("last", malformed).build())))
        .startsWith("cbor-");
  }

  private static String refusal(AttestationResult result) {
    assertThat(result).isInstanceOf(AttestationResult.Rejected.class);
    return ((AttestationResult.Rejected) result).reason().code();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a241300030ff", "a1c10000", "a140 00", "a1f500", "a18000", "a1f60000", "bf4000ff"})
  void read_keyNeitherIntegerNorText_isRefused(String hex) {
    assertRefused(
        () -> CborReader.read(hex(hex.replace(" ", ""))), AttestationRejection.CBOR_NOT_ALLOWED);
  }

  @Test
  void read_integerAndTextKeyOfOneName_areTwo() throws Exception {
    assertThat(CborReader.read(hex("a300016130020103")))
        .isEqualTo(
            new Mapping(
                Map.of(new Int(0), new Int(1), new Text("0"), new Int(2), new Int(1), new Int(3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a200010002",
        "a20001180002",
        "a2000119000002",
        "a22001380002",
        "a2613001613002",
        "bf00010002ff",
        "a2613001780130 02"
      })
  void read_oneKeyTwice_isRefused(String hex) {
    assertRefused(
        () -> CborReader.read(hex(hex.replace(" ", ""))), AttestationRejection.CBOR_DUPLICATE_KEY);
  }

  @Test
  void read_integersAtTheBounds_areExact() throws Exception {
    assertThat(CborReader.read(hex("1b7fffffffffffffff"))).isEqualTo(new Int(Long.MAX_VALUE));
    assertThat(CborReader.read(hex("3b7fffffffffffffff"))).isEqualTo(new Int(Long.MIN_VALUE));
    assertThat(CborReader.read(hex("1affffffff"))).isEqualTo(new Int(0xFFFFFFFFL));
    assertThat(CborReader.read(hex("3affffffff"))).isEqualTo(new Int(-0x100000000L));
    assertRefused(
        () -> CborReader.read(hex("1b8000000000000000")), AttestationRejection.CBOR_NOT_ALLOWED);
    assertRefused(
        () -> CborReader.read(hex("3b8000000000000000")), AttestationRejection.CBOR_NOT_ALLOWED);
  }

  @Test
  void read_keysAtTheBounds_areExact() throws Exception {
    assertThat(
            CborReader.read(
                hex("a41b7fffffffffffffff003b7fffffffffffffff011affffffff023affffffff03")))
        .isEqualTo(
            new Mapping(
                Map.of(
                    new Int(Long.MAX_VALUE), new Int(0),
                    new Int(Long.MIN_VALUE), new Int(1),
                    new Int(0xFFFFFFFFL), new Int(2),
                    new Int(-0x100000000L), new Int(3))));
  }

  /** A hundred thousand keys of one hash; without an order among them this takes minutes. */
  @Test
  void read_keysOfOneHash_areReadInAboutLinearTime() {
    int count = 100_000;
    byte[][] numbers = new byte[2 * count][];
    for (int i = 0; i < count; i++) {
      numbers[2 * i] = Cbor.integer((long) i << 32 | i); // the hash of each is zero
      numbers[2 * i + 1] = Cbor.NULL;
    }
    byte[][] texts = new byte[2 << 16][];
    for (int i = 0; i < 1 << 16; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // which have one hash
      }
      texts[2 * i] = Cbor.text(text.toString());
      texts[2 * i + 1] = Cbor.NULL;
    }
    for (byte[][] entries : List.of(numbers, texts)) {
      byte[] map = Cbor.map(entries);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            Mapping read = (Mapping) CborReader.read(map);
            assertThat(read.entries()).hasSize(entries.length / 2);
          });
    }
  }

  @Test
  void read_nesting_isAllowedToSixteen() throws Exception {
    assertThat(CborReader.read(hex("81".repeat(15) + "80"))).isInstanceOf(Array.class);
    assertThat(CborReader.read(hex("9f".repeat(16) + "ff".repeat(16)))).isInstanceOf(Array.class);
    assertThat(CborReader.read(hex("a100".repeat(16) + "00"))).isInstanceOf(Mapping.class);
    for (String deep : List.of("81".repeat(16) + "80", "9f".repeat(17) + "ff".repeat(17))) {
      assertRefused(() -> CborReader.read(hex(deep)), AttestationRejection.CBOR_TOO_DEEP);
    }
    assertRefused(
        () -> CborReader.read(hex("81".repeat(30_000))), AttestationRejection.CBOR_TOO_DEEP);
  }

  /** Each kind of UTF-8 error that RFC 3629 names; Jackson alone lets some of them through. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "61ff",
        "6180",
        "61c3",
        "62c328",
        "62c080",
        "63e28228",
        "63eda080",
        "63edbfbf",
        "64f0288cbc",
        "64f0908028",
        "64f8888080",
        "64f4908080",
        "64f08080af",
        "a161ff00"
      })
  void read_textNotUtf8_isRefused(String hex) {
    assertRefused(() -> CborReader.read(hex(hex)), AttestationRejection.CBOR_INVALID_UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "a000", "6161f6", "9fffff", "8000", "f6f6"})
  void read_trailingBytes_areRefused(String hex) {
    assertRefused(() -> CborReader.read(hex(hex)), AttestationRejection.CBOR_TRAILING_BYTES);
  }
}
