package dev.occ.server;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;

/** One call of the API (spec 14). Thread-safe. */
@FunctionalInterface
interface Call {
  /**
   * Carries the call out. May block.
   *
   * @param body the request's body; the empty object for a call without
   * @param asker who asks, and what its answer may hold
   * @throws ApiException if it cannot be done, or not to its end
   * @throws JsonException if the body is not what the call takes
   * @throws ClientGoneException if nobody waits for the answer any more
   */
  Answer answer(JsonView body, Asker asker) throws ApiException, JsonException, ClientGoneException;
}
