package dev.occ.agency;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import dev.occ.proof.Agency.Authorization;
import java.util.List;

/** What a direct authorization's signature covers (spec 9). */
final class DirectPayload {
  private static final List<String> MEMBERS =
      List.of("purpose", "actorKeyId", "artifactHash", "challenge", "timestamp", "protocolVersion");

  private DirectPayload() {}

  /** The canonical form of the named members as they were read; what else there is has no part. */
  static byte[] of(Authorization authorization) {
    JsonObject.Builder payload = JsonObject.builder();
    for (String name : MEMBERS) {
      payload.putIfPresent(name, authorization.json().get(name));
    }
    return CanonicalJson.encode(payload.build());
  }
}
