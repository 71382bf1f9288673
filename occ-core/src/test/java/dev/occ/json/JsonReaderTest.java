package dev.occ.json;

import static dev.occ.json.JsonException.Reason.DUPLICATE_MEMBER;
import static dev.occ.json.JsonException.Reason.INVALID_UTF8;
import static dev.occ.json.JsonException.Reason.LONE_SURROGATE;
import static dev.occ.json.JsonException.Reason.MALFORMED;
import static dev.occ.json.JsonException.Reason.NUMBER_OUT_OF_RANGE;
import static dev.occ.json.JsonException.Reason.TOO_DEEP;
import static dev.occ.json.JsonException.Reason.TOO_LARGE;
import static dev.occ.json.JsonException.Reason.TRAILING_CONTENT;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.object;
import static dev.occ.testing.Json.read;
import static dev.occ.testing.Json.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final int MIB = 1024 * 1024;

  private record Refusal(JsonException.Reason reason, String pointer, String document) {}

  private static Refusal refusal(JsonException.Reason reason, String pointer, String document) {
    return new Refusal(reason, pointer, document);
  }

  static List<Refusal> refusals() {
    return List.of(
        refusal(MALFORMED, "", ""),
        refusal(MALFORMED, "", " \n"),
        refusal(MALFORMED, "", "NaN"),
        refusal(MALFORMED, "/0", "[NaN]"),
        refusal(MALFORMED, "/0", "[Infinity]"),
        refusal(MALFORMED, "/0", "[-Infinity]"),
        refusal(MALFORMED, "", "+1"),
        refusal(MALFORMED, "", "01"),
        refusal(MALFORMED, "", "-"),
        refusal(MALFORMED, "", ".5"),
        refusal(MALFORMED, "", "1."),
        refusal(MALFORMED, "", "1e"),
        refusal(MALFORMED, "", "0x10"),
        refusal(MALFORMED, "", "tru"),
        refusal(MALFORMED, "", "nullx"),
        refusal(MALFORMED, "", "TRUE"),
        refusal(MALFORMED, "", "'a'"),
        refusal(MALFORMED, "", "{a:1}"),
        refusal(MALFORMED, "/a", "{\"a\"}"),
        refusal(MALFORMED, "/a", "{\"a\":1,}"),
        refusal(MALFORMED, "/a", "{\"a\":1 \"b\":2}"),
        refusal(MALFORMED, "/0", "[,1]"),
        refusal(MALFORMED, "/1", "[1,]"),
        refusal(MALFORMED, "/1", "[1,,2]"),
        refusal(MALFORMED, "/0", "[1}"),
        refusal(MALFORMED, "/0", "[1"),
        refusal(MALFORMED, "/a/1", "{\"a\":[1,2"),
        refusal(MALFORMED, "", "\"open"),
        refusal(MALFORMED, "", "\"\\x\""),
        refusal(MALFORMED, "", "\"\\u00zz\""),
        refusal(MALFORMED, "", "\"\\u12\""),
        refusal(MALFORMED, "", "\"tab\there\""),
        refusal(MALFORMED, "", "\"\u0000\""),
        refusal(MALFORMED, "", "\u0000"),
        refusal(MALFORMED, "", "\u00a01"),
        refusal(MALFORMED, "", "/*x*/1"),
        refusal(MALFORMED, "", "// x\n1"),
        refusal(MALFORMED, "", "# x\n1"),
        refusal(MALFORMED, "/a", "{\"a\":/*x*/1}"),
        refusal(MALFORMED, "/a/b~1~0/2", "{\"a\":{\"b/~\":[1,2,x]}}"),
        refusal(MALFORMED, "", "\ufec0 is not a byte order mark"),
        refusal(INVALID_UTF8, "", "\ufeff1"),
        refusal(DUPLICATE_MEMBER, "/a", "{\"a\":1,\"a\":1}"),
        refusal(DUPLICATE_MEMBER, "/a", "{\"a\":1,\"b\":2,\"\\u0061\":3}"),
        refusal(DUPLICATE_MEMBER, "/x/1/\u00e9", "{\"x\":[0,{\"\\u00E9\":1,\"\u00e9\":2}]}"),
        refusal(DUPLICATE_MEMBER, "/\ud83d\ude00", "{\"\ud83d\ude00\":1,\"\\ud83d\\uDE00\":2}"),
        refusal(MALFORMED, "/\\udc00", "{\"\\udc00\" 1}"),
        refusal(MALFORMED, "/a", "{\"a\"\ud83d\ude00}"),
        refusal(DUPLICATE_MEMBER, "/", "{\"\":1,\"\":2}"),
        refusal(LONE_SURROGATE, "", "\"\\ud800\""),
        refusal(LONE_SURROGATE, "/\\ud800", "{\"\\ud800\":1}"),
        refusal(LONE_SURROGATE, "/\\udc00x", "{\"\\udc00x\":1}"),
        refusal(LONE_SURROGATE, "/a/0", "{\"a\":[\"\\udc00\"]}"),
        refusal(LONE_SURROGATE, "/a", "{\"a\":\"\\ud800\\ud800\"}"),
        refusal(LONE_SURROGATE, "/a", "{\"a\":\"\\udc00\\ud800\"}"),
        refusal(LONE_SURROGATE, "/a", "{\"a\":\"\\ud800x\"}"),
        refusal(TRAILING_CONTENT, "", "1 2"),
        refusal(TRAILING_CONTENT, "", "{}{}"),
        refusal(TRAILING_CONTENT, "", "[1]]"),
        refusal(TRAILING_CONTENT, "", "{},"),
        refusal(TRAILING_CONTENT, "", "{}x"),
        refusal(TRAILING_CONTENT, "", "[1]\u0000"),
        refusal(TRAILING_CONTENT, "", "[1] // x"),
        refusal(TRAILING_CONTENT, "", "[1]\ufeff"),
        refusal(NUMBER_OUT_OF_RANGE, "", "1e400"),
        refusal(NUMBER_OUT_OF_RANGE, "", "-1e400"),
        refusal(NUMBER_OUT_OF_RANGE, "/a/1/x", "{\"a\":[1,{\"x\":1e99999999999999999999}]}"),
        refusal(NUMBER_OUT_OF_RANGE, "", "9".repeat(400)));
  }

  /** The parser of bytes takes names up to some length, the other one the rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 60, 255, 256, 257, 511, 512, 513, 1025, 70_000})
  void read_nameOfAnyLength_isRead(int length) throws Exception {
    String name = "n".repeat(length - 1) + "\u00e9";
    JsonValue value = read("{\"a\":\"b\",\"" + name + "\":\"c\"}");
    assertThat(value).isEqualTo(JsonObject.builder().put("a", "b").put(name, "c").build());
    assertRefused(
        () -> read("{\"" + name + "\":1,\"" + name + "\":2}"), DUPLICATE_MEMBER, "/" + name);
    assertRefused(() -> read("{\"" + name + "\" 1}"), MALFORMED, "/" + name);
  }

  /** More than Jackson's buffers hold, so that texts stand across their ends. */
  @Test
  void read_longDocumentOfAllKindsOfText_isRead() throws Exception {
    String[] texts = {"plain", "", "\u00e9\u00e8", "\ud83d\ude00", "a\"b\\c\n", "x".repeat(9001)};
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      values.add(texts[i % texts.length] + i);
    }
    JsonArray array = JsonArray.ofTexts(values);
    assertThat(JsonValue.read(array.toBytes(), JsonLimits.DEFAULT.withMaxBytes(16 * MIB)))
        .isEqualTo(array);
    JsonArray ascii =
        JsonArray.ofTexts(values.stream().map(v -> v.replaceAll("[^ -~]", "")).toList());
    assertThat(JsonValue.read(ascii.toBytes(), JsonLimits.DEFAULT.withMaxBytes(16 * MIB)))
        .isEqualTo(ascii);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void read_brokenDocument_isRefusedWithReasonAndPointer(Refusal refusal) {
    assertRefused(() -> read(refusal.document()), refusal.reason(), refusal.pointer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22c0af22", // a slash in two bytes instead of one
        "22e080af22", // the same in three
        "22f08080af22", // the same in four
        "22c08022", // NUL in two bytes
        "22eda08022", // an encoded high surrogate
        "22edb08022", // an encoded low surrogate
        "22eda0bdedb88022", // a pair of them (CESU-8)
        "22f490808022", // beyond U+10FFFF
        "22ff22", // a byte that UTF-8 never has
        "228022", // a continuation without its start
        "22e282", // cut off
        "feff0031", // UTF-16 with mark
        "31fffe00", // a mark at the end
        "efbbbf7b7d", // UTF-8 with mark
        "efbbbf", // the mark alone
      })
  void read_bytesThatAreNotPlainUtf8_areRefused(String hex) {
    byte[] document = HexFormat.of().parseHex(hex);
    assertRefused(() -> JsonValue.read(document), INVALID_UTF8, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void read_otherEncodingWithoutMark_isNotGuessed(String charset) {
    byte[] document = "[1]".getBytes(Charset.forName(charset));
    assertRefused(() -> JsonValue.read(document), MALFORMED, "");
  }

  @Test
  void read_characterAcrossEveryPosition_isKept() throws Exception {
    // Whatever block size a decoder works in, some of these straddle its end.
    for (int length = 4080; length < 4100; length++) {
      String text = "a".repeat(length) + "\ud83d\ude00\u20ac\u00e9";
      assertThat(read("\"" + text + "\"")).isEqualTo(new JsonString(text));
    }
  }

  @Test
  void read_nestedToTheLimitAndBeyond_isAcceptedAndRefused() throws Exception {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonArray.class);
    assertThat(read("{\"a\":".repeat(64) + "1" + "}".repeat(64))).isInstanceOf(JsonObject.class);
    assertRefused(() -> read("[".repeat(65) + "]".repeat(65)), TOO_DEEP, "/0".repeat(64));
    assertRefused(
        () -> read("{\"a\":".repeat(65) + "1" + "}".repeat(65)), TOO_DEEP, "/a".repeat(64));
    assertRefused(() -> read("[".repeat(MIB)), TOO_DEEP, "/0".repeat(64));
    assertRefused(() -> JsonValue.read(utf8("[0,[[]]]"), new JsonLimits(100, 2)), TOO_DEEP, "/1/0");
  }

  @Test
  void read_asLongAsTheLimitAndLonger_isAcceptedAndRefused() throws Exception {
    byte[] longest = utf8("\"" + "a".repeat(MIB - 2) + "\"");
    assertThat(longest).hasSize(MIB);
    assertThat(JsonValue.read(longest)).isInstanceOf(JsonString.class);
    byte[] longer = utf8("\"" + "a".repeat(MIB - 1) + "\"");
    assertRefused(() -> JsonValue.read(longer), TOO_LARGE, "");
    assertThat(JsonValue.read(longer, JsonLimits.DEFAULT.withMaxBytes(MIB + 1)))
        .isInstanceOf(JsonString.class);
    byte[] padded = utf8("1" + " ".repeat(MIB));
    assertRefused(() -> JsonValue.read(padded), TOO_LARGE, "");
  }

  @Test
  void read_nameAsLongAsTheDocumentMayBe_isRead() throws Exception {
    String name = "n".repeat(MIB - 6);
    assertThat(((JsonObject) read("{\"" + name + "\":1}")).has(name)).isTrue();
  }

  static List<String> longestNumbers() {
    return List.of(
        "0." + "0".repeat(998),
        "-0." + "1".repeat(997),
        "1e-" + "0".repeat(996) + "1",
        "1." + "0".repeat(990) + "e+00001");
  }

  @ParameterizedTest
  @MethodSource("longestNumbers")
  void read_numberAsLongAsTheLimit_isKeptAsWritten(String literal) throws Exception {
    assertThat(literal.length()).isBetween(999, JsonNumber.MAX_LITERAL_LENGTH);
    assertThat(read(literal)).isEqualTo(new JsonNumber(literal));
  }

  static List<String> tooLongNumbers() {
    // The first four are over the limit by their signs and marks alone.
    return List.of(
        "0." + "0".repeat(999),
        "-0." + "1".repeat(998),
        "0." + "0".repeat(998) + "e1",
        "1e-" + "0".repeat(998),
        "0." + "0".repeat(5000) + "1",
        "1e-" + "0".repeat(5000) + "1",
        "1".repeat(1001),
        "-" + "1".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("tooLongNumbers")
  void read_numberLongerThanTheLimit_isRefused(String literal) {
    assertRefused(() -> read("{\"n\":[" + literal + "]}"), TOO_LARGE, "/n/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "0e0",
        "1.0",
        "1.50",
        "1E+2",
        "1e-400",
        "123456789012345678901234567890",
        "1.7976931348623157e308",
        "0.1000000000000000055511151231257827",
        "-1e-0"
      })
  void read_number_isKeptAsWritten(String literal) throws Exception {
    assertThat(((JsonNumber) read(literal)).literal()).isEqualTo(literal);
    assertThat(read("[" + literal + " ]").toJson()).isEqualTo("[" + literal + "]");
  }

  @Test
  void read_members_keepTheirOrder() throws Exception {
    JsonObject object = object("{\"b\":1,\"10\":2,\"a\":3,\"9\":4,\"__proto__\":null,\"\":{}}");
    assertThat(object.members().keySet()).containsExactly("b", "10", "a", "9", "__proto__", "");
    assertThat(object.get("__proto__")).contains(JsonNull.NULL);
  }

  @Test
  void read_everyEscape_isUnderstood() throws Exception {
    assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\ude00\\u0000\""))
        .isEqualTo(new JsonString("\"\\/\b\f\n\r\tA\ud83d\ude00\u0000"));
  }

  @Test
  @Timeout(20) // a reader that compares every name with every other takes minutes
  void read_manyNames_takesTimeInProportion() throws Exception {
    String distinct =
        IntStream.range(0, 80_000)
            .mapToObj(i -> "\"" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(object(distinct).members()).hasSize(80_000);
    // "Aa" and "BB" have one hash code, and so has every text made of them.
    String colliding =
        IntStream.range(0, 1 << 14)
            .mapToObj(JsonReaderTest::colliding)
            .collect(Collectors.joining("\":1,\"", "{\"", "\":1}"));
    JsonObject object = object(colliding);
    assertThat(object.members()).hasSize(1 << 14);
    assertThat(object.members().keySet().stream().map(String::hashCode).distinct()).hasSize(1);
  }

  private static String colliding(int bits) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      name.append((bits >> i & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  @Test
  void read_sameArrayChangedAfterwards_leavesTheValueAlone() throws Exception {
    byte[] document = "{\"a\":\"bcd\",\"e\":1.5}".getBytes(StandardCharsets.UTF_8);
    JsonValue value = JsonValue.read(document);
    Arrays.fill(document, (byte) 'x');
    assertThat(value.toJson()).isEqualTo("{\"a\":\"bcd\",\"e\":1.5}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, JsonLimits.LARGEST_MAX_BYTES + 1})
  void limits_sizeOutOfRange_isRefused(int bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonLimits.DEFAULT.withMaxBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, JsonLimits.LARGEST_MAX_DEPTH + 1})
  void limits_depthOutOfRange_isRefused(int depth) {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(1, depth));
  }

  @Test
  void limits_atTheEndsOfTheirRanges_areKept() {
    JsonLimits smallest = new JsonLimits(1, 1);
    assertThat(smallest.maxBytes()).isEqualTo(1);
    assertThat(smallest.maxDepth()).isEqualTo(1);
    JsonLimits largest = new JsonLimits(JsonLimits.LARGEST_MAX_BYTES, JsonLimits.LARGEST_MAX_DEPTH);
    assertThat(largest.maxBytes()).isEqualTo(JsonLimits.LARGEST_MAX_BYTES);
    assertThat(largest.maxDepth()).isEqualTo(JsonLimits.LARGEST_MAX_DEPTH);
  }

  @Test
  void reasons_haveCodesOfTheirNames() {
    assertThat(JsonException.Reason.DUPLICATE_MEMBER.code()).isEqualTo("duplicate-member");
    assertThat(Arrays.stream(JsonException.Reason.values()).map(JsonException.Reason::code))
        .allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  /** Texts are cut out of documents of ASCII by their offset, wherever Jackson's buffers end. */
  @Test
  void read_stringsAnywhereInALongDocument_areWhole() throws Exception {
    Random random = new Random(20261125);
    for (String first : List.of("plain", "\u00e9", "\ud83d\ude00")) {
      List<String> texts = new ArrayList<>(List.of(first));
      StringBuilder document = new StringBuilder("[\"" + first + '"');
      for (int i = 0; i < 500; i++) {
        String text = "x".repeat(random.nextInt(i % 50 == 0 ? 20_000 : 100)) + i;
        texts.add(text);
        texts.add(text + '"' + i);
        String space = " \r\n\t".repeat(random.nextInt(3));
        document.append(space + ',' + space + '"' + text + '"' + space);
        document.append(",{\"" + text + "\":[1,\"" + text + "\\\"" + i + "\"]}");
      }
      JsonArray array = (JsonArray) read(document.append(']').toString());
      assertThat(texts(array)).containsExactlyElementsOf(texts);
    }
  }

  /** Every string in it, in order; names must be the strings before them. */
  private static List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : array.values()) {
      if (value instanceof JsonObject object) {
        assertThat(object.members()).containsOnlyKeys(texts.get(texts.size() - 1));
        JsonArray inner = (JsonArray) object.members().values().iterator().next();
        texts.add(((JsonString) inner.values().get(1)).text());
      } else {
        texts.add(((JsonString) value).text());
      }
    }
    return texts;
  }

  @Test
  void read_zerosThatLookLikeAnotherEncoding_areRefused() {
    for (String encoding : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      for (String document : List.of("1", "12", "{}", "[\"text\"]")) {
        byte[] bytes = document.getBytes(Charset.forName(encoding));
        assertRefused(() -> JsonValue.read(bytes), MALFORMED, "");
      }
    }
  }
}
