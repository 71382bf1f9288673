package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import java.util.Optional;

/**
 * What bounds a slot, and the proof that consumes it, from below in time (spec 10). It was fixed
 * when the slot was made. A proof has one at most.
 */
@CheckReturnValue
public sealed interface Floor permits SlotAnchor, BaseFloor, Floor.None {
  /** No floor: there was no anchor on the chain, and no block of Base was given. */
  Floor NONE = new None();

  /** No floor. */
  record None() implements Floor {
    @Override
    public void addToCommit(JsonObject.Builder commit) {
      // nothing says it
    }

    @Override
    public void addToAnswer(JsonObject.Builder answer) {
      // nothing says it
    }
  }

  /**
   * Writes the floor into a proof's {@code commit}, as {@code slotAnchor} or {@code slotFloor}.
   *
   * @param commit receives the member, if there is a floor
   */
  void addToCommit(JsonObject.Builder commit);

  /**
   * Writes the floor beside a slot in an answer (spec 13), as {@code anchor} or {@code floor}.
   *
   * @param answer receives the member, if there is a floor
   */
  void addToAnswer(JsonObject.Builder answer);

  /**
   * Reads the floor beside a slot in an answer.
   *
   * @param answer the answer; other members are ignored
   * @return the floor
   * @throws JsonException if it is malformed, or there are two
   */
  static Floor ofAnswer(JsonView answer) throws JsonException {
    Optional<JsonView> anchor = answer.optionalView(SlotAnchor.IN_ANSWER);
    Optional<JsonView> block = answer.optionalView(BaseFloor.IN_ANSWER);
    if (anchor.isPresent() && block.isPresent()) {
      throw answer.problem(
          BaseFloor.IN_ANSWER, JsonException.Reason.INVALID_VALUE, "stands beside an anchor");
    }
    if (anchor.isPresent()) {
      return SlotAnchor.read(anchor.get());
    }
    return block.isPresent() ? BaseFloor.read(block.get()) : NONE;
  }
}
