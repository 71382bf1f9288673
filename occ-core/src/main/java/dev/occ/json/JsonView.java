package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Strict typed access to an object of a document, which knows where the object stands, so that
 * every refusal names the JSON pointer of the member at fault.
 *
 * <p>A member that is {@code null} is present and of the wrong type; nothing is converted.
 * Immutable.
 */
@CheckReturnValue
public final class JsonView {
  private final JsonObject object;
  private final String pointer;

  private JsonView(JsonObject object, String pointer) {
    this.object = object;
    this.pointer = pointer;
  }

  /**
   * A view of a whole document.
   *
   * @param document any value
   * @return the view
   * @throws JsonException with {@link JsonException.Reason#WRONG_TYPE} if it is not an object
   */
  public static JsonView of(JsonValue document) throws JsonException {
    if (document instanceof JsonObject object) {
      return new JsonView(object, "");
    }
    throw new JsonException(JsonException.Reason.WRONG_TYPE, "", "is not an object");
  }

  /**
   * Views of a document that is an array of objects.
   *
   * @param document any array
   * @return views of its elements in order
   * @throws JsonException with {@link JsonException.Reason#WRONG_TYPE} if an element is no object
   */
  public static List<JsonView> ofEach(JsonArray document) throws JsonException {
    return views(document, "");
  }

  /**
   * The object itself.
   *
   * @return what this is a view of
   */
  public JsonObject object() {
    return object;
  }

  /**
   * Where the object stands in its document.
   *
   * @return a JSON pointer (RFC 6901), empty for the whole document
   */
  public String pointer() {
    return pointer;
  }

  /**
   * A required member that is an object.
   *
   * @param name its name
   * @return a view of it
   * @throws JsonException if it is missing or not an object
   */
  public JsonView view(String name) throws JsonException {
    return optionalView(name).orElseThrow(() -> missing(name));
  }

  /**
   * An optional member that is an object.
   *
   * @param name its name
   * @return a view of it, or empty when it is absent
   * @throws JsonException if it is not an object
   */
  public Optional<JsonView> optionalView(String name) throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonObject child) {
      return Optional.of(new JsonView(child, pointerTo(name)));
    }
    throw wrongType(name, "an object");
  }

  /**
   * An optional member that is an object which means something.
   *
   * @param <T> what the decoder gives
   * @param name its name
   * @param decoder gives the object's meaning
   * @return the decoded value, or empty when the member is absent
   * @throws JsonException if it is not an object, or refused by the decoder
   */
  public <T> Optional<T> optionalObject(String name, ObjectDecoder<T> decoder)
      throws JsonException {
    Optional<JsonView> view = optionalView(name);
    if (view.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(view.get().object()));
    } catch (JsonException e) {
      throw e.within(view.get().pointer());
    }
  }

  /**
   * An optional member that is an array of objects.
   *
   * @param name its name
   * @return views of them in order, or empty when the member is absent
   * @throws JsonException if it is not an array of objects
   */
  public Optional<List<JsonView>> optionalViews(String name) throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof JsonArray array)) {
      throw wrongType(name, "an array");
    }
    return Optional.of(views(array, pointerTo(name)));
  }

  private static List<JsonView> views(JsonArray array, String pointer) throws JsonException {
    List<JsonView> views = new ArrayList<>(array.values().size());
    for (JsonValue element : array.values()) {
      String place = pointer + "/" + views.size();
      if (!(element instanceof JsonObject child)) {
        throw new JsonException(JsonException.Reason.WRONG_TYPE, place, "is not an object");
      }
      views.add(new JsonView(child, place));
    }
    return List.copyOf(views);
  }

  /**
   * A required member that is text.
   *
   * @param name its name
   * @return its text, which may be empty
   * @throws JsonException if it is missing or not text
   */
  public String text(String name) throws JsonException {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /**
   * An optional member that is text.
   *
   * @param name its name
   * @return its text, or empty when it is absent
   * @throws JsonException if it is not text
   */
  public Optional<String> optionalText(String name) throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonString string) {
      return Optional.of(string.text());
    }
    throw wrongType(name, "text");
  }

  /**
   * A required member that is text which means something.
   *
   * @param <T> what the decoder gives
   * @param name its name
   * @param decoder gives the text's meaning
   * @return the decoded value
   * @throws JsonException if it is missing, not text, or refused by the decoder
   */
  public <T> T text(String name, TextDecoder<T> decoder) throws JsonException {
    return this.<T>optionalText(name, decoder).orElseThrow(() -> missing(name));
  }

  /**
   * An optional member that is text which means something.
   *
   * @param <T> what the decoder gives
   * @param name its name
   * @param decoder gives the text's meaning
   * @return the decoded value, or empty when the member is absent
   * @throws JsonException if it is not text, or refused by the decoder
   */
  public <T> Optional<T> optionalText(String name, TextDecoder<T> decoder) throws JsonException {
    Optional<String> text = optionalText(name);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(decode(text.get(), decoder, pointerTo(name)));
  }

  /**
   * An optional member that is an array of texts which mean something.
   *
   * @param <T> what the decoder gives
   * @param name its name
   * @param decoder gives each text's meaning
   * @return the decoded values in order, or empty when the member is absent
   * @throws JsonException if it is not an array of texts, or the decoder refuses one
   */
  public <T> Optional<List<T>> optionalTexts(String name, TextDecoder<T> decoder)
      throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof JsonArray array)) {
      throw wrongType(name, "an array");
    }
    List<T> decoded = new ArrayList<>();
    for (JsonValue element : array.values()) {
      String place = pointerTo(name) + "/" + decoded.size();
      if (!(element instanceof JsonString string)) {
        throw new JsonException(JsonException.Reason.WRONG_TYPE, place, "is not text");
      }
      decoded.add(decode(string.text(), decoder, place));
    }
    return Optional.of(List.copyOf(decoded));
  }

  /**
   * An optional member that is an integer.
   *
   * @param name its name
   * @param min the smallest allowed
   * @param max the largest allowed, at most {@link JsonNumber#MAX_EXACT_INTEGER}
   * @return the integer, or empty when the member is absent
   * @throws JsonException if it is not a number, not an integer, or out of range
   */
  public OptionalLong optionalInteger(String name, long min, long max) throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!(value.get() instanceof JsonNumber number)) {
      throw wrongType(name, "a number");
    }
    OptionalLong integer = number.exactInteger();
    if (integer.isEmpty() || integer.getAsLong() < min || integer.getAsLong() > max) {
      throw problem(
          name,
          JsonException.Reason.NUMBER_OUT_OF_RANGE,
          "is not an integer from " + min + " to " + max);
    }
    return integer;
  }

  /**
   * An optional member that is true or false.
   *
   * @param name its name
   * @return the value, or empty when the member is absent
   * @throws JsonException if it is neither
   */
  public Optional<Boolean> optionalBoolean(String name) throws JsonException {
    Optional<JsonValue> value = object.get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonBoolean bool) {
      return Optional.of(bool.value());
    }
    throw wrongType(name, "true or false");
  }

  /**
   * Refuses members that the caller does not know.
   *
   * @param known the names that may occur
   * @throws JsonException with {@link JsonException.Reason#UNKNOWN_MEMBER} for the first other one
   */
  public void refuseMembersOtherThan(Set<String> known) throws JsonException {
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        throw problem(name, JsonException.Reason.UNKNOWN_MEMBER, "is not known here");
      }
    }
  }

  /**
   * A refusal of one member, for the caller to throw.
   *
   * @param name the member at fault
   * @param reason why
   * @param problem what is wrong, for people, as the rest of a sentence
   * @return the exception, with the member's pointer
   */
  public JsonException problem(String name, JsonException.Reason reason, String problem) {
    return new JsonException(reason, pointerTo(name), problem);
  }

  /**
   * Where a member stands, or would stand.
   *
   * @param name its name
   * @return its JSON pointer (RFC 6901)
   */
  public String pointerTo(String name) {
    return pointerTo(pointer, name);
  }

  /**
   * Where a member of an object stands.
   *
   * @param parent the object's JSON pointer, empty for a whole document
   * @param name the member's name
   * @return the member's JSON pointer (RFC 6901)
   */
  public static String pointerTo(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private JsonException missing(String name) {
    return problem(name, JsonException.Reason.MISSING_MEMBER, "is missing");
  }

  private JsonException wrongType(String name, String required) {
    return problem(name, JsonException.Reason.WRONG_TYPE, "is not " + required);
  }

  private static <T> T decode(String text, TextDecoder<T> decoder, String place)
      throws JsonException {
    try {
      return decoder.decode(text);
    } catch (JsonException e) {
      throw e.within(place);
    }
  }
}
