package dev.occ.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The slots, or the challenges, that this server had made and that are still pending as far as it
 * knows. Those that callers keep, and those that refused commits left behind, have a quota each: a
 * slot may take a place in the enclave's table until it expires, and one caller must not take them
 * all. They are counted apart, so that what a caller keeps never stands in the way of its commits.
 * Thread-safe.
 */
final class PendingLedger {
  /** Of the protocol (spec 9). */
  private static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(1);

  private final long lifetimeNanos;
  private final LongSupplier nanoClock;
  private final ApiError refusal;

  /** All live as long, so the order in which they were added is the one in which they expire. */
  @GuardedBy("this")
  private final Map<Ticket, Long> expiries = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Quota kept;

  @GuardedBy("this")
  private final Quota left;

  /** The place of one slot, to be given back when it is used up. Equal to itself only. */
  static final class Ticket {
    private final String owner;

    /** What counts it; nothing while a commit uses it. Read and written under the ledger's lock. */
    private Optional<Quota> quota;

    private Ticket(String owner, Optional<Quota> quota) {
      this.owner = owner;
      this.quota = quota;
    }
  }

  /** How many places of one kind are taken, and by whom. Guarded by the ledger's lock. */
  private static final class Quota {
    private final String what;
    private final int perCaller;
    private final int total;
    private final Map<String, Integer> counts = new HashMap<>();
    private int taken;

    Quota(String what, int perCaller, int total) {
      this.what = what;
      this.perCaller = perCaller;
      this.total = total;
    }

    int of(String owner) {
      return counts.getOrDefault(owner, 0);
    }

    boolean isUsedUpBy(String owner) {
      return of(owner) >= perCaller;
    }

    void add(String owner, int change) {
      taken += change;
      Integer unused = counts.merge(owner, change, (a, b) -> a + b == 0 ? null : a + b);
    }

    void clear() {
      counts.clear();
      taken = 0;
    }
  }

  private PendingLedger(
      int perCaller, int total, Duration lifetime, ApiError refusal, LongSupplier nanoClock) {
    this.kept = new Quota("pending", perCaller, total);
    // Both together leave room in the enclave's table for the commits that are under way.
    int mostLeft = Math.max(1, (int) (total * 4L / 5));
    this.left = new Quota("left behind by refused commits", perCaller, mostLeft);
    this.lifetimeNanos = lifetime.toNanos();
    this.refusal = refusal;
    this.nanoClock = nanoClock;
  }

  static PendingLedger ofSlots(ParentLimits limits, LongSupplier nanoClock) {
    return new PendingLedger(
        limits.slotQuota(),
        limits.totalSlotQuota(),
        limits.slotLifetime(),
        ApiError.SLOT_QUOTA,
        nanoClock);
  }

  static PendingLedger ofChallenges(ParentLimits limits, LongSupplier nanoClock) {
    return new PendingLedger(
        limits.challengeQuota(),
        limits.totalChallengeQuota(),
        CHALLENGE_LIFETIME,
        ApiError.CHALLENGE_QUOTA,
        nanoClock);
  }

  /** Takes a place for something that its caller keeps. */
  synchronized Ticket reserve(Caller caller) throws ApiException {
    long now = expire();
    require(kept, caller, now);
    kept.add(caller.label(), 1);
    return add(new Ticket(caller.label(), Optional.of(kept)), now);
  }

  /**
   * Takes a place for a slot that a commit is about to use. A caller whose commits leave no slots
   * behind is never refused, however full the quotas are, nor for what it keeps.
   */
  synchronized Ticket lend(Caller caller) throws ApiException {
    long now = expire();
    if (left.of(caller.label()) > 0) {
      require(left, caller, now);
    }
    return add(new Ticket(caller.label(), Optional.empty()), now);
  }

  /** A lent slot was not used, and takes its place in the enclave's table until it expires. */
  synchronized void leave(Ticket ticket) {
    if (ticket.quota.isEmpty() && expiries.containsKey(ticket)) {
      ticket.quota = Optional.of(left);
      left.add(ticket.owner, 1);
    }
  }

  @GuardedBy("this")
  private void require(Quota quota, Caller caller, long now) throws ApiException {
    boolean own = quota.isUsedUpBy(caller.label());
    if (own || quota.taken >= quota.total) {
      String whose = own ? "this key has " + quota.perCaller : "all keys have " + quota.total;
      throw new ApiException(refusal, whose + " " + quota.what + ", the maximum")
          .retryAfter(firstExpiry(quota, own ? caller.label() : "", now));
    }
  }

  @GuardedBy("this")
  private Ticket add(Ticket ticket, long now) {
    expiries.put(ticket, now + lifetimeNanos);
    return ticket;
  }

  /** A slot was used up, or never made. Of no effect the second time. */
  synchronized void release(Ticket ticket) {
    if (expiries.remove(ticket) != null) {
      uncount(ticket);
    }
  }

  /** Another epoch has begun: the slots of the one before are gone. */
  synchronized void clear() {
    expiries.clear();
    kept.clear();
    left.clear();
  }

  /** How many are pending. */
  synchronized int size() {
    expire();
    return expiries.size();
  }

  @GuardedBy("this")
  private long expire() {
    long now = nanoClock.getAsLong();
    for (Iterator<Map.Entry<Ticket, Long>> all = expiries.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Ticket, Long> first = all.next();
      if (first.getValue() - now > 0) {
        break;
      }
      all.remove();
      uncount(first.getKey());
    }
    return now;
  }

  @GuardedBy("this")
  private void uncount(Ticket ticket) {
    ticket.quota.ifPresent(quota -> quota.add(ticket.owner, -1));
  }

  /** How long until a quota has a place free: an owner's, or with empty text anyone's. */
  @GuardedBy("this")
  private Duration firstExpiry(Quota quota, String owner, long now) {
    for (Map.Entry<Ticket, Long> entry : expiries.entrySet()) {
      Ticket ticket = entry.getKey();
      boolean counted = ticket.quota.filter(quota::equals).isPresent();
      if (counted && (owner.isEmpty() || ticket.owner.equals(owner))) {
        return Duration.ofNanos(entry.getValue() - now);
      }
    }
    return Duration.ZERO;
  }
}
