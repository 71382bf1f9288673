package dev.occ.json;

import static dev.occ.testing.Json.object;
import static dev.occ.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  @Test
  void toPrettyBytes_nestedValue_indentsByTwoAndKeepsEmptyOnesTogether() throws Exception {
    assertThat(
            new String(
                read("{\"b\":[1,{\"a\":null}],\"e\":[],\"f\":{}}").toPrettyBytes(),
                StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "b": [
                1,
                {
                  "a": null
                }
              ],
              "e": [],
              "f": {}
            }
            """);
  }

  @Test
  void equals_membersInAnotherOrder_isEqualButSpellingCounts() throws Exception {
    assertThat(read("{\"a\":1,\"b\":[true]}"))
        .isEqualTo(read("{\"b\":[true],\"a\":1}"))
        .hasSameHashCodeAs(read("{\"b\":[true],\"a\":1}"))
        .isNotEqualTo(read("{\"a\":1.0,\"b\":[true]}"))
        .isNotEqualTo(read("{\"a\":1}"));
    assertThat(read("[1,2]")).isNotEqualTo(read("[2,1]"));
  }

  @Test
  void toString_ofEveryKind_isItsJson() throws Exception {
    assertThat(read("{\"a\":[null,true,false,-1.50,\"x\\n\"]}"))
        .hasToString("{\"a\":[null,true,false,-1.50,\"x\\n\"]}");
    assertThat(JsonArray.ofTexts(List.of("a", "\""))).hasToString("[\"a\",\"\\\"\"]");
    assertThat(new JsonString("a")).hasToString("\"a\"");
    assertThat(JsonBoolean.of(true)).isSameAs(JsonBoolean.TRUE).hasToString("true");
    assertThat(JsonBoolean.of(false).value()).isFalse();
  }

  @Test
  void builder_nameUsedTwice_isRefused() {
    JsonObject.Builder builder = JsonObject.builder().put("a", "1");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", JsonNull.NULL));
    assertThat(builder.build()).hasToString("{\"a\":\"1\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\ud83d", "\ude00\ud83d", "\ud83dx\ude00"})
  void loneSurrogate_inNameOrText_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonString(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.builder().put(text, JsonNull.NULL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.empty().with(text, JsonNull.NULL));
    assertThatIllegalArgumentException().isThrownBy(() -> JsonArray.ofTexts(List.of(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "a\ud83d\ude00b, a\ud83d\ude00b",
    "\ud800, \\ud800",
    "\ude00\ud83d, \\ude00\\ud83d",
    "a\ud83d\ud83d\ude00b\udfffc, a\\ud83d\ud83d\ude00b\\udfffc",
    "'', ''"
  })
  void escapingLoneSurrogates_anyText_isAString(String text, String escaped) {
    assertThat(JsonString.escapingLoneSurrogates(text).text()).isEqualTo(escaped);
  }

  @Test
  void builder_usedAfterBuild_leavesTheObjectAlone() {
    JsonObject.Builder builder = JsonObject.builder().put("a", "1");
    JsonObject object = builder.build();
    builder.put("b", "2");
    assertThat(object).hasToString("{\"a\":\"1\"}");
  }

  @Test
  void builder_absentValues_addNothing() {
    assertThat(
            JsonObject.builder()
                .putIfPresent("a", Optional.empty())
                .putTextIfPresent("b", Optional.empty())
                .putIfPresent("c", Optional.of(JsonNull.NULL))
                .putTextIfPresent("d", Optional.of(""))
                .build())
        .hasToString("{\"c\":null,\"d\":\"\"}");
  }

  @Test
  void withAndWithout_members_keepPlaceAndOriginal() throws Exception {
    JsonObject object = object("{\"a\":1,\"b\":2,\"c\":3}");
    assertThat(object.with("b", JsonNull.NULL)).hasToString("{\"a\":1,\"b\":null,\"c\":3}");
    assertThat(object.with("d", JsonNull.NULL)).hasToString("{\"a\":1,\"b\":2,\"c\":3,\"d\":null}");
    assertThat(object.without("a", "c", "x")).hasToString("{\"b\":2}");
    assertThat(object.without("x")).isSameAs(object);
    assertThat(object.has("a")).isTrue();
    assertThat(object.has("x")).isFalse();
    assertThat(object).hasToString("{\"a\":1,\"b\":2,\"c\":3}");
  }

  @Test
  void collections_handedOut_cannotBeChanged() throws Exception {
    JsonObject object = object("{\"a\":[1]}");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> object.members().remove("a"));
    List<JsonValue> given = new ArrayList<>(List.of(JsonNull.NULL));
    JsonArray array = new JsonArray(given);
    given.clear();
    assertThat(array).hasToString("[null]");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> array.values().clear());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+1", "01", "1.", ".1", "1e", "0x1", "NaN", "1 ", " 1", "1e400", "\u0661", "1f",
        "1d"
      })
  void number_notOfJsonsGrammarOrRange_isRefused(String literal) {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber(literal));
  }

  @Test
  void number_longerThanTheLimit_isRefused() {
    assertThat(new JsonNumber("0." + "1".repeat(998)).literal()).hasSize(1000);
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonNumber("0." + "1".repeat(999)));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "1,1",
    "-7,-7",
    "9007199254740991,9007199254740991",
    "-9007199254740991,-9007199254740991"
  })
  void exactInteger_ofAnInteger_isIt(String literal, long expected) {
    assertThat(new JsonNumber(literal).exactInteger()).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1e2",
        "9007199254740992",
        "-9007199254740992",
        "9999999999999999",
        "123456789012345678901"
      })
  void exactInteger_ofAnythingElse_isEmpty(String literal) {
    assertThat(new JsonNumber(literal).exactInteger()).isEmpty();
  }

  @Test
  void numberOf_longs_acceptsTheExactOnes() {
    assertThat(JsonNumber.of(JsonNumber.MAX_EXACT_INTEGER).doubleValue())
        .isEqualTo(0x1FFFFFFFFFFFFFp0);
    assertThat(JsonNumber.of(-JsonNumber.MAX_EXACT_INTEGER)).hasToString("-9007199254740991");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonNumber.of(JsonNumber.MAX_EXACT_INTEGER + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> JsonNumber.of(Long.MIN_VALUE));
  }
}
