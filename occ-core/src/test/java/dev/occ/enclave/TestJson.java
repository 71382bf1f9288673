package dev.occ.enclave;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random JSON, rich in what a scanner could trip over. */
final class TestJson {
  private TestJson() {}

  static Arbitrary<JsonObject> objects() {
    return object(value(3));
  }

  private static Arbitrary<JsonValue> value(int depth) {
    Arbitrary<JsonValue> leaf =
        Arbitraries.oneOf(
            text().map(JsonString::new),
            Arbitraries.longs().between(-1000, 1000).map(JsonNumber::of),
            Arbitraries.of(JsonBoolean.TRUE, JsonBoolean.FALSE, JsonNull.NULL));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<JsonValue> inner = value(depth - 1);
    return Arbitraries.oneOf(
        leaf, object(inner).map(o -> o), inner.list().ofMaxSize(3).map(JsonArray::new));
  }

  private static Arbitrary<String> text() {
    return Arbitraries.of(
            "{", "}", "[", "]", "\"", "\\", "\\\"", "\n", "\u0000", "a", "\u00e4", "\ud83d\ude00")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<JsonObject> object(Arbitrary<JsonValue> values) {
    return Arbitraries.maps(text(), values)
        .ofMaxSize(3)
        .map(
            members -> {
              JsonObject.Builder builder = JsonObject.builder();
              for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                builder.put(member.getKey(), member.getValue());
              }
              return builder.build();
            });
  }
}
