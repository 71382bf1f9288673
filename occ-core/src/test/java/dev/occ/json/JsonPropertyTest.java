package dev.occ.json;

import static dev.occ.testing.Json.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every value, and for whatever bytes somebody sends. */
class JsonPropertyTest {
  @Property
  void toBytes_anyValue_readsBackEqual(@ForAll("values") JsonValue value) throws Exception {
    assertThat(JsonValue.read(value.toBytes())).isEqualTo(value).hasSameHashCodeAs(value);
    assertThat(value.toJson())
        .isEqualTo(new String(value.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(value.toString());
  }

  @Property
  void toPrettyBytes_anyValue_readsBackEqualInTheSameOrder(@ForAll("values") JsonValue value)
      throws Exception {
    JsonValue again = JsonValue.read(value.toPrettyBytes());
    assertThat(again).isEqualTo(value);
    assertThat(again.toJson()).isEqualTo(value.toJson());
    assertThat(value.toPrettyBytes()).endsWith('\n');
  }

  @Property
  void encode_ofItsOwnOutput_isTheSame(@ForAll("values") JsonValue value) throws Exception {
    byte[] canonical = CanonicalJson.encode(value);
    JsonValue again = JsonValue.read(canonical);
    assertThat(CanonicalJson.encode(again)).isEqualTo(canonical);
    assertThat(again.toBytes()).as("already canonical").isEqualTo(canonical);
  }

  @Property
  void encode_membersInAnotherOrder_isTheSame(
      @ForAll("values") JsonValue value, @ForAll long seed) {
    JsonValue shuffled = JsonArbitraries.shuffled(value, new Random(seed));
    assertThat(shuffled).isEqualTo(value);
    assertThat(CanonicalJson.encode(shuffled)).isEqualTo(CanonicalJson.encode(value));
  }

  @Property
  void encode_anyValue_hasItsNamesInTheOrderOfSpec2(@ForAll("values") JsonValue value)
      throws Exception {
    assertOrdered(JsonValue.read(CanonicalJson.encode(value)));
  }

  /** The order, written another way: by value if it is a number of an array's range, then text. */
  private static void assertOrdered(JsonValue value) {
    if (value instanceof JsonArray array) {
      array.values().forEach(JsonPropertyTest::assertOrdered);
    } else if (value instanceof JsonObject object) {
      assertThat(List.copyOf(object.members().keySet()))
          .isSortedAccordingTo(
              Comparator.comparing(JsonPropertyTest::indexOrBeyond)
                  .thenComparing(Comparator.naturalOrder()));
      object.members().values().forEach(JsonPropertyTest::assertOrdered);
    }
  }

  private static BigInteger indexOrBeyond(String name) {
    BigInteger beyond = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    return name.matches("0|[1-9][0-9]*") ? new BigInteger(name).min(beyond) : beyond;
  }

  @Property
  void read_anyBytes_givesAValueOrARefusal(@ForAll byte[] document) {
    assertReadOrRefused(document);
  }

  @Property(tries = 5000)
  void read_documentWithBytesChanged_givesAValueOrARefusal(
      @ForAll("values") JsonValue value, @ForAll long seed) {
    byte[] document = value.toBytes();
    Random random = new Random(seed);
    for (int i = random.nextInt(3); i >= 0; i--) {
      byte[] interesting = utf8("\"\\{}[],:0-eE.ut/ \u00ff\ud83d\ude00");
      document[random.nextInt(document.length)] = interesting[random.nextInt(interesting.length)];
    }
    assertReadOrRefused(document);
  }

  @Property
  void read_documentCutOff_isNeverReadAsAnObject(
      @ForAll("objects") JsonValue value, @ForAll long seed) {
    byte[] document = value.toBytes();
    byte[] cut = Arrays.copyOf(document, new Random(seed).nextInt(document.length));
    assertThatCode(() -> JsonValue.read(cut)).isExactlyInstanceOf(JsonException.class);
  }

  private static void assertReadOrRefused(byte[] document) {
    try {
      JsonValue value = JsonValue.read(document);
      assertThat(JsonValue.read(value.toBytes())).isEqualTo(value);
      assertThat(CanonicalJson.encode(value)).isNotEmpty();
    } catch (JsonException refusal) {
      assertThat(refusal.reason()).isNotNull();
    }
  }

  @Provide
  Arbitrary<JsonValue> values() {
    return JsonArbitraries.values();
  }

  @Provide
  Arbitrary<JsonValue> objects() {
    return JsonArbitraries.objects();
  }

  @Provide
  Arbitrary<Double> doubles() {
    return JsonArbitraries.doubles();
  }

  @Property(tries = 5000)
  void number_anyDouble_isWrittenWithTheFewestDigitsThatReadBack(@ForAll("doubles") double value) {
    ShortestDigits.assertShortest(value, EcmaScriptNumber.toString(value));
  }
}
