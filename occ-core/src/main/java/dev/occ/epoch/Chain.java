package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAnchor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One chain of an epoch: its counter, and the hash of its last proof.
 *
 * <p>Counters are taken without waiting, so that slots can be made while a commit signs. The lock
 * is held by a commit from taking its counter until its proof is the head, which makes the proofs a
 * line with rising counters.
 *
 * <p>A slot's counter is taken together with its floor, under the monitor of this object, so that
 * the floors of a chain's slots rise with their counters. It is held for that long only, and no
 * other lock is taken under it.
 */
final class Chain {
  private final String id;
  private final AtomicLong last = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private Optional<Bytes> head = Optional.empty();

  /** The newest anchor, once it is sealed. Written under the lock; guarded by this. */
  private @Nullable SlotAnchor anchor;

  /** The newest block of Base that was given for a slot. Guarded by this. */
  private @Nullable BaseFloor baseFloor;

  Chain(String id) {
    this(id, Counter.ZERO);
  }

  /** A chain that has used the counters up to one already. */
  Chain(String id, Counter used) {
    this.id = id;
    last.set(used.bits());
  }

  /** The chain's name. */
  String id() {
    return id;
  }

  /** The chain's name as proofs and slots write it: absent for the default chain (spec 3). */
  Optional<String> writtenId() {
    return id.equals(Commit.DEFAULT_CHAIN) ? Optional.empty() : Optional.of(id);
  }

  Counter nextCounter() throws EpochException {
    long previous = last.getAndUpdate(value -> value == Counter.MAX.bits() ? value : value + 1);
    if (previous == Counter.MAX.bits()) {
      throw new EpochException(Reason.COUNTER_EXHAUSTED, "the chain has used every counter");
    }
    return new Counter(previous + 1);
  }

  /** Where a new slot stands: its counter, and what was there before it. */
  record Place(Counter counter, Floor floor) {}

  /** The next slot's place, with the newest anchor as its floor. */
  synchronized Place nextPlace() throws EpochException {
    Floor floor = anchor == null ? Floor.NONE : anchor;
    return new Place(nextCounter(), floor);
  }

  /** The next slot's place, with a block of Base as its floor, which none may be above. */
  synchronized Place nextPlace(BaseFloor floor) throws EpochException {
    if (baseFloor != null && floor.number() < baseFloor.number()) {
      throw new EpochException(
          Reason.FLOOR_BELOW_LAST,
          "block " + floor.number() + " is below the chain's last floor, " + baseFloor.number());
    }
    Place place = new Place(nextCounter(), floor);
    baseFloor = floor;
    return place;
  }

  /** The newest anchor. It changes under the lock only. */
  synchronized Optional<SlotAnchor> anchor() {
    return Optional.ofNullable(anchor);
  }

  /** Makes a sealed proof the newest anchor; only under the lock. */
  synchronized void anchored(SlotAnchor newest) {
    requireLock();
    anchor = newest;
  }

  /** Waits for the commit that is under way; a signer that calls back into it is refused. */
  void lock() {
    if (lock.isHeldByCurrentThread()) {
      // Both commits would name one predecessor: a fork.
      throw new IllegalStateException("a commit of this thread is under way on the chain");
    }
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** The hash that the next proof names as its predecessor; only under the lock. */
  Optional<Bytes> head() {
    requireLock();
    return head;
  }

  /** Makes a sealed proof the last one; only under the lock. */
  void advance(Bytes sealedHash) {
    requireLock();
    head = Optional.of(sealedHash);
  }

  private void requireLock() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("the chain is not locked by this thread");
    }
  }
}
