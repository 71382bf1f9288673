package dev.occ.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which chains this epoch has, as far as this server knows, and which key opened how many of them.
 * A chain takes a place in the enclave's table until the epoch ends, so a key may open so many and
 * no more.
 *
 * <p>Whether a chain is new the enclave's answer shows: the first slot of a chain has the counter 1
 * (spec 4). Before the answer, a chain that this server has not met in this epoch counts as new; a
 * counter above 1 takes the count back. So a restart of the server forgets who opened the chains
 * that are there, and counts none of them when they are used again.
 *
 * <p>Holds a hash for each chain: no more than the enclave's table has, and those whose making has
 * an unknown outcome, which the quotas bound. Thread-safe.
 */
final class ChainLedger {
  /** An epoch ends when the operator says so: soon is no time to promise. */
  private static final Duration RETRY = Duration.ofHours(1);

  private static final Counter FIRST = Counter.of(1);

  private final int perKey;

  @GuardedBy("this")
  private final Map<Bytes, Entry> chains = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, Integer> opened = new HashMap<>();

  ChainLedger(int perKey) {
    this.perKey = perKey;
  }

  /** A chain that is there, or may be; guarded by the ledger's lock. */
  private static final class Entry {
    /** Whose quota it takes; empty text for a chain that was there before. */
    private String owner;

    /** Whether the enclave's answer has shown it. */
    private boolean certain;

    private Entry(String owner) {
      this.owner = owner;
    }
  }

  /** One request's use of a chain; closing it takes back what did not come about. */
  final class Claim implements AutoCloseable {
    private final Bytes chain;
    private final String owner;

    private final Entry entry;

    /** Whether this claim has added the entry. */
    private final boolean fresh;

    private boolean settled;

    private Claim(Bytes chain, String owner, Entry entry, boolean fresh) {
      this.chain = chain;
      this.owner = owner;
      this.entry = entry;
      this.fresh = fresh;
      this.settled = !fresh;
    }

    /** The enclave has made a slot on the chain. */
    void opened(Slot slot) {
      settled = true;
      settle(this, slot.allocation().counter().equals(FIRST));
    }

    /** The enclave was asked, and its answer got lost: the chain may be there. */
    void outcomeUnknown() {
      settled = true;
    }

    /** Takes back a chain that certainly was not opened. */
    @Override
    public void close() {
      if (!settled) {
        settled = true;
        withdraw(this);
      }
    }
  }

  /**
   * Counts a chain for its caller, if it may be new.
   *
   * @throws ApiException with CHAIN_QUOTA if the caller has opened as many as it may
   */
  synchronized Claim claim(Caller caller, String chainId) throws ApiException {
    Bytes chain = Bytes.sha256(chainId.getBytes(StandardCharsets.UTF_8));
    Entry known = chains.get(chain);
    if (known != null) {
      return new Claim(chain, caller.label(), known, false);
    }
    if (opened.getOrDefault(caller.label(), 0) >= perKey) {
      throw new ApiException(
              ApiError.CHAIN_QUOTA,
              "this key has opened " + perKey + " chains in this epoch, the maximum")
          .retryAfter(RETRY);
    }
    Entry entry = new Entry(caller.label());
    chains.put(chain, entry);
    count(entry.owner, 1);
    return new Claim(chain, caller.label(), entry, true);
  }

  private synchronized void settle(Claim claim, boolean first) {
    Entry entry = chains.computeIfAbsent(claim.chain, absent -> new Entry(""));
    if (first) {
      if (entry.owner.isEmpty()) { // the epoch changed meanwhile, or another claim was withdrawn
        entry.owner = claim.owner;
        count(entry.owner, 1);
      }
      entry.certain = true;
    } else if (claim.fresh && entry == claim.entry && !entry.certain) {
      count(entry.owner, -1);
      entry.owner = ""; // it was there before this server met it
    }
  }

  private synchronized void withdraw(Claim claim) {
    if (chains.get(claim.chain) == claim.entry && !claim.entry.certain) {
      chains.remove(claim.chain);
      if (!claim.entry.owner.isEmpty()) {
        count(claim.entry.owner, -1);
      }
    }
  }

  @GuardedBy("this")
  private void count(String owner, int change) {
    Integer unused = opened.merge(owner, change, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** Another epoch has begun: it has no chains yet. */
  synchronized void clear() {
    chains.clear();
    opened.clear();
  }

  /** How many chains a key has opened in this epoch. */
  synchronized int openedBy(Caller caller) {
    return opened.getOrDefault(caller.label(), 0);
  }

  /** How many chains this server knows of. */
  synchronized int size() {
    return chains.size();
  }
}
