package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import java.util.Objects;

/**
 * The newest authenticated anchor of a chain when a slot was made on it (spec 10): {@code
 * commit.slotAnchor}.
 *
 * @param counter the anchor's place on its chain, below the slot's
 * @param block the block that the anchor names
 */
@CheckReturnValue
public record SlotAnchor(Counter counter, AnchoredBlock block) implements Floor {
  static final String IN_COMMIT = "slotAnchor";
  static final String IN_ANSWER = "anchor";
  private static final String COUNTER = "counter";

  /**
   * Checks that both are there.
   *
   * @param counter the anchor's place on its chain
   * @param block the block that the anchor names
   */
  public SlotAnchor {
    Objects.requireNonNull(counter, "counter");
    Objects.requireNonNull(block, "block");
  }

  /**
   * Reads a slot's anchor.
   *
   * @param view the object; members that spec 10 does not name are ignored
   * @return its typed form
   * @throws JsonException if a member is missing or malformed
   */
  public static SlotAnchor read(JsonView view) throws JsonException {
    return new SlotAnchor(view.text(COUNTER, Counter::parse), AnchoredBlock.read(view));
  }

  /**
   * The anchor as it stands in a proof.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put(COUNTER, counter.toString());
    block.toJson().members().forEach(json::put);
    return json.build();
  }

  @Override
  public void addToCommit(JsonObject.Builder commit) {
    commit.put(IN_COMMIT, toJson());
  }

  @Override
  public void addToAnswer(JsonObject.Builder answer) {
    answer.put(IN_ANSWER, toJson());
  }
}
