package dev.occ.json;

/**
 * Turns text of a document into a typed value, {@code Bytes::fromBase64} for example.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface TextDecoder<T> {
  /**
   * Decodes strictly: no trimming, no repair.
   *
   * @param text the text as it stands in the document
   * @return its meaning
   * @throws JsonException with the reason why the text is not acceptable; its pointer is relative
   *     to the text
   */
  T decode(String text) throws JsonException;

  /**
   * Any text but the empty one, for {@link JsonView}.
   *
   * @param text the text as it stands in the document
   * @return the same text
   * @throws JsonException with {@link JsonException.Reason#EMPTY} for the empty text
   */
  static String nonEmpty(String text) throws JsonException {
    if (text.isEmpty()) {
      throw new JsonException(JsonException.Reason.EMPTY, "", "must not be empty");
    }
    return text;
  }
}
