package dev.occ.testing;

import dev.occ.json.JsonException;
import dev.occ.proof.Agency;
import dev.occ.signer.soft.AgencyDraft;

/** From the test kit's authorizations to the library's. */
public final class Agencies {
  private Agencies() {}

  public static Agency read(AgencyDraft draft) {
    try {
      return Agency.read(Json.object(draft.build()));
    } catch (JsonException e) {
      throw new AssertionError("the kit's agency is not one of structure", e);
    }
  }
}
