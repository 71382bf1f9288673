package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The slots of an epoch that wait for their commits: bounded, single-use, expiring (spec 5).
 *
 * <p>All have the same time to live and enter in the order in which it starts, so the oldest, which
 * expires first, is always at the front. Thread-safe.
 */
final class SlotTable {
  private record Entry(Slot slot, long since) {}

  private final Map<String, Entry> pending = new LinkedHashMap<>();
  private final int max;
  private final long ttlNanos;
  private final LongSupplier nanoClock;
  private int reserved;

  SlotTable(EpochOptions options) {
    max = options.maxPendingSlots();
    ttlNanos = options.slotTtl().toNanos();
    nanoClock = options.nanoClock();
  }

  /**
   * Keeps a place for a slot that is about to be signed; ends with {@link #add} or {@link
   * #release}.
   */
  synchronized void reserve() throws EpochException {
    removeExpired();
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
    if (pending.putIfAbsent(slot.id(), new Entry(slot, nanoClock.getAsLong())) != null) {
      throw new EpochException(Reason.SIGNER_FAILED, "the signer gave one nonce twice");
    }
    reserved--;
  }

  /** The slot, which is gone afterwards: no second caller gets it. */
  synchronized Slot take(String id) throws EpochException {
    Slot slot = live(id).slot();
    pending.remove(id);
    return slot;
  }

  synchronized int size() {
    removeExpired();
    return pending.size();
  }

  private Entry live(String id) throws EpochException {
    Entry entry = pending.get(id);
    if (entry == null) {
      throw new EpochException(
          Reason.SLOT_UNKNOWN, "no such slot is pending: unknown, used, or expired long ago");
    }
    if (isExpired(entry)) {
      pending.remove(id);
      throw new EpochException(Reason.SLOT_EXPIRED, "the slot's time ran out");
    }
    return entry;
  }

  private boolean isExpired(Entry entry) {
    return nanoClock.getAsLong() - entry.since() >= ttlNanos;
  }

  private void removeExpired() {
    Iterator<Entry> oldestFirst = pending.values().iterator();
    while (oldestFirst.hasNext() && isExpired(oldestFirst.next())) {
      oldestFirst.remove();
    }
  }
}
