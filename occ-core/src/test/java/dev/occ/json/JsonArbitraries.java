package dev.occ.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Arbitrary values for properties: every kind, names and texts of all of Unicode, numbers of every
 * exponent and spelling. Made from plain random numbers, because jqwik's combinators over a
 * recursive structure take minutes to look for edge cases; those that matter are mixed in here.
 */
final class JsonArbitraries {
  private static final int DEPTH = 4;
  private static final int MAX_MEMBERS = 6;

  private static final List<String> TEXTS =
      List.of("", "a", "b", "__proto__", "\"\\/", "\u0000\u001f\u007f", "\u2028\ufeff");

  /** Around the array indices, which canonical JSON puts first (spec 2). */
  private static final List<String> INDEX_LIKE =
      List.of("0", "00", "01", "-1", "4294967293", "4294967294", "4294967295", "4294967296", "1e1");

  private static final List<String> NUMBERS =
      List.of("-0", "0.0", "1.0", "1e2", "1E+2", "0.10", "5e-324", "1e-400", "1e21", "1e-7");

  private JsonArbitraries() {}

  static Arbitrary<JsonValue> values() {
    return Arbitraries.randomValue(random -> value(random, DEPTH));
  }

  static Arbitrary<JsonValue> objects() {
    return Arbitraries.randomValue(random -> object(random, DEPTH));
  }

  /** Finite doubles, every exponent as likely as any other, the subnormals more often. */
  static Arbitrary<Double> doubles() {
    return Arbitraries.randomValue(JsonArbitraries::number);
  }

  private static JsonValue value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 9)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> new JsonString(text(random));
      case 3 -> new JsonNumber(Double.toString(number(random)));
      case 4 -> new JsonNumber(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 5, 6 -> array(random, depth);
      default -> object(random, depth);
    };
  }

  private static JsonValue array(Random random, int depth) {
    List<JsonValue> values = new ArrayList<>();
    for (int i = random.nextInt(MAX_MEMBERS); i > 0; i--) {
      values.add(value(random, depth - 1));
    }
    return new JsonArray(values);
  }

  private static JsonValue object(Random random, int depth) {
    JsonObject object = JsonObject.empty();
    for (int i = random.nextInt(MAX_MEMBERS); i > 0; i--) {
      object = object.with(name(random), value(random, depth - 1));
    }
    return object;
  }

  private static String name(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(random.nextInt(1 << (1 + random.nextInt(20))));
      case 1 -> Long.toString(random.nextLong(1L << 33));
      case 2 -> INDEX_LIKE.get(random.nextInt(INDEX_LIKE.size()));
      default -> text(random);
    };
  }

  private static String text(Random random) {
    if (random.nextInt(3) == 0) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int bits = 1 + random.nextInt(20); // as many short code points as long ones
      int codePoint = random.nextInt(1 << bits);
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate ? Character.MAX_CODE_POINT : codePoint);
    }
    return text.toString();
  }

  private static double number(Random random) {
    if (random.nextInt(4) == 0) {
      return Double.longBitsToDouble(random.nextInt(1 << (1 + random.nextInt(20))));
    }
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : Math.scalb(random.nextDouble(), 70);
  }

  /** The same value with the members of every object in another order. */
  static JsonValue shuffled(JsonValue value, Random random) {
    if (value instanceof JsonArray array) {
      return new JsonArray(array.values().stream().map(v -> shuffled(v, random)).toList());
    }
    if (value instanceof JsonObject object) {
      List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
      Collections.shuffle(members, random);
      JsonObject.Builder shuffled = JsonObject.builder();
      members.forEach(member -> shuffled.put(member.getKey(), shuffled(member.getValue(), random)));
      return shuffled.build();
    }
    return value;
  }
}
