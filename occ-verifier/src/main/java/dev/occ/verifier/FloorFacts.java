package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAnchor;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The floor of a valid proof (spec 10): the signer fixed a block when it made the slot, so the
 * proof was made after that block. Only a node can say whether the block exists. Immutable.
 */
@CheckReturnValue
public final class FloorFacts {
  private final AnchoredBlock block;
  private final @Nullable Counter anchorCounter;
  private final @Nullable Instant time;
  private final boolean timeWithheld;

  private FloorFacts(
      AnchoredBlock block,
      @Nullable Counter anchorCounter,
      @Nullable Instant time,
      boolean timeWithheld) {
    this.block = block;
    this.anchorCounter = anchorCounter;
    this.time = time;
    this.timeWithheld = timeWithheld;
  }

  /** The floor of a commit; empty without one, and with two. */
  static Optional<FloorFacts> of(Commit commit, Optional<Instant> attestedTime) {
    Floor floor = commit.floor();
    if (floor instanceof SlotAnchor anchor) {
      return Optional.of(new FloorFacts(anchor.block(), anchor.counter(), null, false));
    }
    if (floor instanceof BaseFloor base) {
      Instant time = Instant.ofEpochSecond(base.timestamp());
      // A record that existed already was not made after this time.
      boolean withheld = attestedTime.filter(time::isAfter).isPresent();
      AnchoredBlock block = new AnchoredBlock(base.number(), base.hash());
      return Optional.of(new FloorFacts(block, null, withheld ? null : time, withheld));
    }
    return Optional.empty();
  }

  /**
   * The chain of blocks that the floor is a block of.
   *
   * @return {@code ethereum} or {@code base}
   */
  public String chain() {
    return anchorCounter == null ? BaseFloor.CHAIN : "ethereum";
  }

  /**
   * The block's number.
   *
   * @return 1 to 2^53-1
   */
  public long blockNumber() {
    return block.number();
  }

  /**
   * The block's hash.
   *
   * @return {@code 0x} and 64 lower-case hex digits
   */
  public String blockHash() {
    return block.hashText();
  }

  /**
   * The place of the anchor that named the block, on the proof's chain.
   *
   * @return absent for a block of Base
   */
  public Optional<Counter> anchorCounter() {
    return Optional.ofNullable(anchorCounter);
  }

  /**
   * The block's time by Base's schedule.
   *
   * @return absent for a block of Ethereum, and if the attestation is older than the block: the
   *     time bounds nothing then
   */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /** Whether the block's time is later than the attestation, and therefore bounds nothing. */
  boolean isTimeWithheld() {
    return timeWithheld;
  }

  /**
   * What a valid proof shows by this floor, for people.
   *
   * @return a sentence without its full stop
   */
  public String shows() {
    String name = anchorCounter == null ? "Base" : "Ethereum";
    return "made after "
        + name
        + " block "
        + block.number()
        + (anchorCounter == null ? "" : ", anchored at counter " + anchorCounter)
        + (time == null ? "" : " of " + time)
        + ", if "
        + name
        + " has that block: only a node can say";
  }

  /** The floor as it stands in results for programs. */
  JsonObject toJson() {
    return JsonObject.builder()
        .put("chain", chain())
        .put("blockNumber", Long.toString(block.number()))
        .put("blockHash", block.hashText())
        .putIfPresent("anchorCounter", anchorCounter().map(c -> new JsonString(c.toString())))
        .putTextIfPresent("time", time().map(Instant::toString))
        .put("shows", shows())
        .build();
  }
}
