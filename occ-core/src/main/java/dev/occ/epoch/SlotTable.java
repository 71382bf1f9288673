package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;

/**
 * The slots of an epoch that wait for their commits: bounded, single-use, expiring (spec 5).
 * Thread-safe.
 */
final class SlotTable {
  private final ExpiringMap<Slot> pending;
  private final int max;
  private int reserved;

  SlotTable(EpochOptions options) {
    max = options.maxPendingSlots();
    pending = new ExpiringMap<>(options.slotTtl(), options.nanoClock());
  }

  /**
   * Keeps a place for a slot that is about to be signed; ends with {@link #add} or {@link
   * #release}.
   */
  synchronized void reserve() throws EpochException {
    if (pending.size() + reserved >= max) {
      throw new EpochException(Reason.TOO_MANY_SLOTS, max + " slots are pending");
    }
    reserved++;
  }

  synchronized void release() {
    reserved--;
  }

  /** Puts a signed slot into the place reserved for it; its time starts now. */
  synchronized void add(Slot slot) throws EpochException {
    if (!pending.add(slot.id(), slot)) {
      throw new EpochException(Reason.SIGNER_FAILED, "the signer gave one nonce twice");
    }
    reserved--;
  }

  /** The slot, which is gone afterwards: no second caller gets it. */
  synchronized Slot take(String id) throws EpochException {
    Slot slot = find(id);
    pending.remove(id);
    return slot;
  }

  /** The slot, which stays: another caller may take it. */
  synchronized Slot find(String id) throws EpochException {
    if (!pending.has(id)) {
      throw new EpochException(
          Reason.SLOT_UNKNOWN, "no such slot is pending: unknown, used, or expired long ago");
    }
    return pending.live(id, Reason.SLOT_EXPIRED, "the slot's time ran out");
  }

  synchronized int size() {
    return pending.size();
  }
}
