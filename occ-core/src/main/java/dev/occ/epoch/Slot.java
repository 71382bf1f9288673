package dev.occ.epoch;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Commit;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAllocation;
import java.util.Objects;

/**
 * A slot that waits for its commit (spec 5).
 *
 * @param allocation the signed slot record, which holds no artifact data
 * @param floor what bounds the slot from below in time (spec 10); the proof will have it
 */
@CheckReturnValue
public record Slot(SlotAllocation allocation, Floor floor) {
  /**
   * Checks that both are there.
   *
   * @param allocation the signed slot record
   * @param floor what bounds the slot from below in time
   */
  public Slot {
    Objects.requireNonNull(allocation, "allocation");
    Objects.requireNonNull(floor, "floor");
  }

  /**
   * A slot without a floor.
   *
   * @param allocation the signed slot record
   */
  public Slot(SlotAllocation allocation) {
    this(allocation, Floor.NONE);
  }

  /**
   * What a commit names the slot by.
   *
   * @return the slot's nonce in Base64
   */
  public String id() {
    return allocation.nonce().toBase64();
  }

  /**
   * The chain that the slot is on.
   *
   * @return the chain's name, {@value Commit#DEFAULT_CHAIN} for the default one
   */
  public String chainId() {
    return allocation.chainId().orElse(Commit.DEFAULT_CHAIN);
  }
}
