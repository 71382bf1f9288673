package dev.occ.epoch;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Commit;
import dev.occ.proof.SlotAllocation;

/**
 * A slot that waits for its commit (spec 5).
 *
 * @param allocation the signed slot record, which holds no artifact data
 */
@CheckReturnValue
public record Slot(SlotAllocation allocation) {
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
