package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import java.util.Optional;

/**
 * The signed {@code attribution} of a proof: what its maker says about the artifact (spec 3). At
 * least one part is present.
 *
 * @param name who or what it is attributed to
 * @param title the artifact's title
 * @param message a message
 */
@CheckReturnValue
public record Attribution(Optional<String> name, Optional<String> title, Optional<String> message) {
  /**
   * Checks that something is said.
   *
   * @param name who or what it is attributed to
   * @param title the artifact's title
   * @param message a message
   * @throws IllegalArgumentException if all three are absent
   */
  public Attribution {
    if (name.isEmpty() && title.isEmpty() && message.isEmpty()) {
      throw new IllegalArgumentException("attribution needs a name, a title or a message");
    }
  }

  /**
   * An attribution by name alone.
   *
   * @param name who or what it is attributed to
   * @return the attribution
   */
  public static Attribution of(String name) {
    return new Attribution(Optional.of(name), Optional.empty(), Optional.empty());
  }

  /**
   * Reads an {@code attribution} member.
   *
   * @param json the member's value
   * @return its typed form
   * @throws JsonException if a member is malformed or all are missing
   */
  public static Attribution read(JsonObject json) throws JsonException {
    return read(JsonView.of(json));
  }

  static Attribution read(JsonView view) throws JsonException {
    Optional<String> name = view.optionalText("name");
    Optional<String> title = view.optionalText("title");
    Optional<String> message = view.optionalText("message");
    if (name.isEmpty() && title.isEmpty() && message.isEmpty()) {
      throw new JsonException(
          JsonException.Reason.EMPTY, view.pointer(), "has no name, title or message");
    }
    return new Attribution(name, title, message);
  }

  /**
   * The attribution as it stands in a proof.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .putTextIfPresent("name", name)
        .putTextIfPresent("title", title)
        .putTextIfPresent("message", message)
        .build();
  }
}
