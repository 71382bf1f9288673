package dev.occ.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import java.util.Set;

/**
 * The {@code anchor} of a commit request: a block, and the anchor key's signature over {@link
 * AnchorScope#signedBytes} (spec 10). {@link AnchorSigner} makes claims, {@link AnchorKey} checks
 * them.
 *
 * @param block the block to anchor
 * @param signature Ed25519, 64 bytes
 */
@CheckReturnValue
public record AnchorClaim(AnchoredBlock block, Bytes signature) {
  private static final String SIGNATURE = "signatureB64";
  private static final Set<String> MEMBERS = Set.of("blockNumber", "blockHash", SIGNATURE);

  /**
   * Checks the signature's length.
   *
   * @param block the block to anchor
   * @param signature Ed25519
   * @throws IllegalArgumentException if the signature has not 64 bytes
   */
  public AnchorClaim {
    if (signature.size() != Ed25519Keys.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException(
          "an Ed25519 signature has 64 bytes, not " + signature.size());
    }
  }

  /**
   * Reads a claim.
   *
   * @param json the member's value
   * @return its typed form; the signature is not checked
   * @throws JsonException if a member is missing, malformed or unknown
   */
  public static AnchorClaim read(JsonObject json) throws JsonException {
    JsonView view = JsonView.of(json);
    view.refuseMembersOtherThan(MEMBERS);
    return new AnchorClaim(
        AnchoredBlock.read(view),
        view.text(SIGNATURE, text -> Bytes.fromBase64(text, Ed25519Keys.SIGNATURE_LENGTH)));
  }

  /**
   * The claim as a request carries it.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return block.toJson().with(SIGNATURE, new JsonString(signature.toBase64()));
  }
}
