package dev.occ.client;

import dev.occ.json.JsonObject;
import java.util.Optional;

/**
 * One request.
 *
 * @param path after the base address
 * @param body what is posted; empty for a GET
 * @param withKey whether it carries the API key
 * @param hasEffect whether something is made on the server, so that it cannot just be repeated
 */
record HttpCall(String path, Optional<byte[]> body, boolean withKey, boolean hasEffect) {
  static HttpCall get(String path) {
    return new HttpCall(path, Optional.empty(), false, false);
  }

  /** A question that leaves nothing behind. */
  static HttpCall ask(String path, JsonObject body) {
    return new HttpCall(path, Optional.of(body.toBytes()), false, false);
  }

  /** Makes something. */
  static HttpCall make(String path, byte[] body) {
    return new HttpCall(path, Optional.of(body), true, true);
  }
}
