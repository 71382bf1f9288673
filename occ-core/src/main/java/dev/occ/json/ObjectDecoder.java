package dev.occ.json;

/**
 * Gives an object of a document its meaning.
 *
 * @param <T> what it means
 */
@FunctionalInterface
public interface ObjectDecoder<T> {
  /**
   * Decodes an object.
   *
   * @param object the object
   * @return what it means
   * @throws JsonException if it is not of the form; its pointer is one within the object
   */
  T decode(JsonObject object) throws JsonException;
}
