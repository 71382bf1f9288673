package dev.occ.json;

import static dev.occ.testing.Json.read;
import static dev.occ.testing.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static String canonical(JsonValue value) {
    return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
  }

  static Stream<JsonObject> randomVectors() throws JsonException {
    List<JsonValue> vectors = Vectors.array("canonical/random-400.json").values();
    assertThat(vectors).hasSize(400);
    return vectors.stream().map(JsonObject.class::cast);
  }

  @ParameterizedTest
  @MethodSource("randomVectors")
  void encode_randomVector_givesWhatNodeWrites(JsonObject vector) throws Exception {
    byte[] encoded = CanonicalJson.encode(read(text(vector, "input")));
    assertThat(new String(encoded, StandardCharsets.UTF_8)).isEqualTo(text(vector, "canonical"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
    assertThat(Base64.getEncoder().encodeToString(hash)).isEqualTo(text(vector, "sha256B64"));
  }

  @Test
  void encode_everyNumberOfTheVectors_givesWhatEcmaScriptWrites() throws Exception {
    List<String> lines = Vectors.text("canonical/numbers.tsv").lines().toList();
    assertThat(lines).hasSizeGreaterThan(3000);
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      assertThat(canonical(read(columns[0]))).as(line).isEqualTo(columns[1]);
    }
  }

  @Test
  void encode_rfc8785ObjectExample_givesItsResult() throws Exception {
    // RFC 8785 section 3.2.2 to 3.2.4.
    String input =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    assertThat(canonical(read(input)))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void encode_rfc8785SortingExample_sortsByUtf16CodeUnitAfterTheArrayIndex() throws Exception {
    // RFC 8785 section 3.2.3, but for "1", which is an array index (spec 2). U+1F600 is written
    // with D83D, which is before FB33.
    String input =
        "{\"\\u20ac\":5,\"\\r\":1,\"\\ufb33\":7,\"1\":2,\"\\ud83d\\ude00\":6,\"\\u0080\":3,"
            + "\"\\u00f6\":4}";
    assertThat(canonical(read(input)))
        .isEqualTo(
            "{\"1\":2,\"\\r\":1,\"\u0080\":3,\"\u00f6\":4,\"\u20ac\":5,\"\ud83d\ude00\":6,"
                + "\"\ufb33\":7}");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 8785 appendix B: the bits of a double, and its text.
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
    // The smallest subnormals, where a closer decimal of two digits would be wrong.
    "0000000000000002, 1e-323",
    "0000000000000003, 1.5e-323",
    "0000000000000004, 2e-323",
    "0000000000000005, 2.5e-323",
  })
  void encode_double_givesTheTextOfRfc8785(String bits, String expected) throws Exception {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(canonical(read(Double.toString(value)))).isEqualTo(expected);
  }

  @Test
  void encode_everyControlCharacter_isEscapedTheShortestWay() throws Exception {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c <= ' '; c++) {
      text.append(c);
    }
    assertThat(canonical(new JsonString(text + "\u007f\"\\/")))
        .isEqualTo(
            "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"
                + "\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019"
                + "\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f \u007f\\\"\\\\/\"");
  }

  @Test
  void encode_everyCodePoint_isTheUtf8OfTheJdk() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    assertThat(CanonicalJson.encode(new JsonString(text.toString())))
        .isEqualTo(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void encode_arrayIndices_comeFirstInNumericOrderAtEveryLevel() throws Exception {
    assertThat(
            canonical(
                read(
                    "{\"a\":[{\"x\":0,\"10\":1,\" \":2,\"9\":3}],\"!\":4,\"0\":{\"b\":5,\"7\":6}}")))
        .isEqualTo("{\"0\":{\"7\":6,\"b\":5},\"!\":4,\"a\":[{\"9\":3,\"10\":1,\" \":2,\"x\":0}]}");
  }

  @Test
  void withCanonicalNumbers_anyPlace_changesNumbersAlone() throws Exception {
    String input = "{\"b\":[1e2,-0.0,\"1e2\",{\"10\":9007199254740993,\"9\":null}],\"a\":1.50}";
    assertThat(CanonicalJson.withCanonicalNumbers(read(input)).toJson())
        .isEqualTo("{\"b\":[100,0,\"1e2\",{\"10\":9007199254740992,\"9\":null}],\"a\":1.5}");
    JsonValue deeper = nested(CanonicalJson.MAX_DEPTH + 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.withCanonicalNumbers(deeper));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "10", "999", "2147483648", "4294967294"})
  void isArrayIndex_decimalUpToTheLargest_isOne(String name) {
    assertThat(CanonicalJson.isArrayIndex(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01",
        "-0",
        "-1",
        "+1",
        "1.0",
        "1e1",
        " 1",
        "1 ",
        "a",
        "\u0661",
        "4294967295",
        "4294967296",
        "9999999999",
        "10000000000",
        "18446744073709551616"
      })
  void isArrayIndex_anyOtherText_isNone(String name) throws Exception {
    assertThat(CanonicalJson.isArrayIndex(name)).isFalse();
    JsonObject object = JsonObject.builder().put(name, "x").put("5", "y").build();
    assertThat(canonical(object)).as("after the index").startsWith("{\"5\":");
  }

  @Test
  void encode_nullMemberAndIntegerLikeNames_areKept() throws Exception {
    assertThat(canonical(read("{ \"b\" : null , \"__proto__\":1,\"10\":2,\"9\":3,\"a\":[ ]}")))
        .isEqualTo("{\"9\":3,\"10\":2,\"__proto__\":1,\"a\":[],\"b\":null}");
  }

  @Test
  void encode_nestedToTheLimitAndBeyond_isAcceptedAndRefused() {
    JsonValue deepest = nested(CanonicalJson.MAX_DEPTH);
    assertThat(CanonicalJson.encode(deepest)).hasSize(2 * CanonicalJson.MAX_DEPTH);
    for (int depth : new int[] {CanonicalJson.MAX_DEPTH + 1, 100_000}) {
      JsonValue deeper = nested(depth);
      assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.encode(deeper));
      assertThatIllegalArgumentException().isThrownBy(deeper::toBytes);
      assertThatIllegalArgumentException().isThrownBy(deeper::toPrettyBytes);
    }
  }

  private static JsonValue nested(int depth) {
    JsonValue value = new JsonArray(List.of());
    for (int i = 1; i < depth; i++) {
      value = new JsonArray(List.of(value));
    }
    return value;
  }
}
