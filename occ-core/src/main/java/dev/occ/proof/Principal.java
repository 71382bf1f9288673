package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import java.util.Optional;

/**
 * The signed {@code principal} of a proof: on whose behalf it was made (spec 3).
 *
 * @param id names the principal, not empty
 * @param provider who vouches for the name
 */
@CheckReturnValue
public record Principal(String id, Optional<String> provider) {
  /**
   * Checks the id.
   *
   * @param id names the principal
   * @param provider who vouches for the name
   * @throws IllegalArgumentException if the id is empty
   */
  public Principal {
    id = Texts.requireNonEmpty(id, "principal id");
  }

  /**
   * A principal without a provider.
   *
   * @param id names the principal
   * @return the principal
   * @throws IllegalArgumentException if the id is empty
   */
  public static Principal of(String id) {
    return new Principal(id, Optional.empty());
  }

  /**
   * Reads a {@code principal} member.
   *
   * @param json the member's value
   * @return its typed form
   * @throws JsonException if a member is missing or malformed
   */
  public static Principal read(JsonObject json) throws JsonException {
    return read(JsonView.of(json));
  }

  static Principal read(JsonView view) throws JsonException {
    return new Principal(view.text("id", TextDecoder::nonEmpty), view.optionalText("provider"));
  }

  /**
   * The principal as it stands in a proof.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return JsonObject.builder().put("id", id).putTextIfPresent("provider", provider).build();
  }
}
