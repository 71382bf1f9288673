package dev.occ.examples.parent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The slots, or the challenges, that this server had made and that are still pending as far as it
 * knows. Those that callers keep, and those that refused commits left behind, are counted against a
 * quota: each one may take a place in the enclave's table until it expires, and one caller must not
 * take them all. Thread-safe.
 */
final class PendingLedger {
  /** Of the protocol (spec 9). */
  private static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(1);

  private final int perCaller;
  private final int total;
  private final long lifetimeNanos;
  private final LongSupplier nanoClock;
  private final ApiError refusal;

  /** All live as long, so the order in which they were added is the one in which they expire. */
  @GuardedBy("this")
  private final Map<Ticket, Long> expiries = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, Integer> counts = new HashMap<>();

  /** Of what is counted, what commits left behind. */
  @GuardedBy("this")
  private final Map<String, Integer> leftovers = new HashMap<>();

  @GuardedBy("this")
  private int counted;

  /** What a place is taken for. */
  private enum Use {
    /** The caller keeps it. */
    KEPT,
    /** A commit is about to use it. */
    LENT,
    /** A commit was refused without using it. */
    LEFT
  }

  /** The place of one slot, to be given back when it is used up. Equal to itself only. */
  static final class Ticket {
    private final String owner;

    /** Read and written under the ledger's lock. */
    private Use use;

    private Ticket(String owner, Use use) {
      this.owner = owner;
      this.use = use;
    }
  }

  private PendingLedger(
      int perCaller, int total, Duration lifetime, ApiError refusal, LongSupplier nanoClock) {
    this.perCaller = perCaller;
    this.total = total;
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
    requireQuota(caller, now);
    Ticket ticket = new Ticket(caller.label(), Use.KEPT);
    count(ticket);
    return add(ticket, now);
  }

  /**
   * Takes a place for a slot that a commit is about to use. A caller whose commits leave no slots
   * behind is never refused, however full the quotas are.
   */
  synchronized Ticket lend(Caller caller) throws ApiException {
    long now = expire();
    if (leftovers.containsKey(caller.label())) {
      requireQuota(caller, now);
    }
    return add(new Ticket(caller.label(), Use.LENT), now);
  }

  /** A lent slot was not used, and takes its place in the enclave's table until it expires. */
  synchronized void leave(Ticket ticket) {
    if (ticket.use == Use.LENT && expiries.containsKey(ticket)) {
      ticket.use = Use.LEFT;
      count(ticket);
    }
  }

  @GuardedBy("this")
  private void requireQuota(Caller caller, long now) throws ApiException {
    int own = counts.getOrDefault(caller.label(), 0);
    if (own >= perCaller || counted >= total) {
      String whose = own >= perCaller ? "this key has" : "all keys together have";
      int limit = own >= perCaller ? perCaller : total;
      throw new ApiException(refusal, whose + " " + limit + " of them pending, as many as allowed")
          .retryAfter(firstExpiry(own >= perCaller ? caller.label() : "", now));
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
    counts.clear();
    leftovers.clear();
    counted = 0;
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
  private void count(Ticket ticket) {
    counted++;
    add(counts, ticket.owner, 1);
    if (ticket.use == Use.LEFT) {
      add(leftovers, ticket.owner, 1);
    }
  }

  @GuardedBy("this")
  private void uncount(Ticket ticket) {
    if (ticket.use == Use.LENT) {
      return;
    }
    counted--;
    add(counts, ticket.owner, -1);
    if (ticket.use == Use.LEFT) {
      add(leftovers, ticket.owner, -1);
    }
  }

  private static void add(Map<String, Integer> numbers, String owner, int change) {
    numbers.merge(owner, change, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** How long until a place is free: an owner's, or with empty text anyone's. */
  @GuardedBy("this")
  private Duration firstExpiry(String owner, long now) {
    for (Map.Entry<Ticket, Long> entry : expiries.entrySet()) {
      Ticket ticket = entry.getKey();
      if (ticket.use != Use.LENT && (owner.isEmpty() || ticket.owner.equals(owner))) {
        return Duration.ofNanos(entry.getValue() - now);
      }
    }
    return Duration.ZERO;
  }
}
