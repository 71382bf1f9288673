package dev.occ.server;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.AnchoredBlock;

/**
 * Which commits only a key with the right {@code anchor} may ask for: those with an anchor claim,
 * and those with the attribution that readers take for an anchor's (spec 10). Whether a claim is
 * good is for the enclave to say.
 */
final class AnchorRight {
  private static final String CLAIM = "anchor";

  private AnchorRight() {}

  static void require(Caller caller, JsonView commit) throws ApiException, JsonException {
    if (caller.mayAnchor()) {
      return;
    }
    if (commit.object().has(CLAIM)) {
      throw refused("an anchor claim");
    }
    if (commit.optionalView("attribution").isPresent()
        && commit
            .view("attribution")
            .optionalText("name")
            .filter(AnchoredBlock.ATTRIBUTION_NAME::equals)
            .isPresent()) {
      throw refused("the attribution name \"" + AnchoredBlock.ATTRIBUTION_NAME + "\"");
    }
  }

  private static ApiException refused(String what) {
    return new ApiException(
        ApiError.ANCHOR_NOT_ALLOWED, what + " needs a key with the right to anchor");
  }
}
