package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import java.util.Optional;

/**
 * The signed {@code policy} of a proof: which policy document governed the commit (spec 3).
 *
 * @param digest SHA-256 of the policy document's bytes, 32 bytes
 * @param name the document's name
 * @param version the document's version
 */
@CheckReturnValue
public record PolicyBinding(Bytes digest, Optional<String> name, Optional<String> version) {
  /**
   * Checks the digest.
   *
   * @param digest 32 bytes
   * @param name the document's name
   * @param version the document's version
   * @throws IllegalArgumentException if the digest is of another length
   */
  public PolicyBinding {
    digest = Texts.requireLength(digest, Texts.DIGEST_LENGTH, "policy digest");
  }

  /**
   * A binding to a policy document by its digest alone.
   *
   * @param digest SHA-256 of the document's bytes, 32 bytes
   * @return the binding
   * @throws IllegalArgumentException if the digest is of another length
   */
  public static PolicyBinding of(Bytes digest) {
    return new PolicyBinding(digest, Optional.empty(), Optional.empty());
  }

  /**
   * Reads a {@code policy} member.
   *
   * @param json the member's value; members that the specification does not name are allowed
   * @return its typed form
   * @throws JsonException if a member is missing or malformed
   */
  public static PolicyBinding read(JsonObject json) throws JsonException {
    return read(JsonView.of(json));
  }

  static PolicyBinding read(JsonView view) throws JsonException {
    return new PolicyBinding(
        view.text("digestB64", Texts::digest),
        view.optionalText("name"),
        view.optionalText("version"));
  }

  /**
   * The binding as it stands in a proof.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("digestB64", digest.toBase64())
        .putIfPresent("name", name.map(JsonString::new))
        .putIfPresent("version", version.map(JsonString::new))
        .build();
  }
}
