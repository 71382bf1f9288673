package dev.occ.json;

import java.util.List;

/**
 * A JSON array.
 *
 * @param values its values in order; an unmodifiable copy is kept
 */
public record JsonArray(List<JsonValue> values) implements JsonValue {
  /**
   * Copies the list.
   *
   * @param values the values in order
   * @throws NullPointerException if a value is null
   */
  public JsonArray {
    values = List.copyOf(values);
  }

  /**
   * An array of texts.
   *
   * @param texts the texts in order
   * @return an array of as many strings
   * @throws IllegalArgumentException if a text holds a lone surrogate
   */
  public static JsonArray ofTexts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  /** The array as compact JSON text. */
  @Override
  public String toString() {
    return toJson();
  }
}
