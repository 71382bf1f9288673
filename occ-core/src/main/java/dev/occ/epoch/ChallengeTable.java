package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * The challenges of an epoch (spec 9): bounded, single-use, expiring, and gone after five refused
 * authorizations. A challenge that began a batch is remembered with it for as long again, so that
 * each place of that very batch can be committed once, and nothing can be added.
 *
 * <p>Whoever has an authorization checked calls {@link #begin} first, {@link #spend} once it was
 * found to hold, and {@link #end} in any case. What is under way counts as a try until it ends, so
 * that many requests at once get no more than five.
 *
 * <p>Thread-safe. The lock is held while the slot is taken, so that slot and challenge are consumed
 * both or neither, and of several commits with one challenge exactly one wins.
 */
final class ChallengeTable {
  static final int MAX_PENDING = 500;
  static final int MAX_TRIES = 5;

  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  /** Takes what a challenge is spent for. */
  interface Taking<T> {
    T take() throws EpochException;
  }

  /** A challenge that waits for its answer. Guarded by the table's lock. */
  private static final class Pending {
    private final boolean withIntent;
    private int refused;
    private int underWay;

    private Pending(boolean withIntent) {
      this.withIntent = withIntent;
    }
  }

  /**
   * A batch that was begun.
   *
   * @param identity what all its commits have in common
   * @param committed the places that are gone
   */
  private record Batch(Bytes identity, BitSet committed) {}

  private final ExpiringMap<Pending> pending;
  private final ExpiringMap<Batch> batches;
  private final Clock clock;

  ChallengeTable(EpochOptions options) {
    pending = new ExpiringMap<>(TTL, options.nanoClock());
    batches = new ExpiringMap<>(TTL, options.nanoClock());
    clock = options.clock();
  }

  /** Fails if there is no room; asked before the signer is asked for random bytes. */
  synchronized void requireRoom() throws EpochException {
    // A spent challenge makes way for its batch, so spending never makes the sum grow.
    if (pending.size() + batches.size() >= MAX_PENDING) {
      throw new EpochException(
          Reason.TOO_MANY_CHALLENGES, MAX_PENDING + " challenges and batches are open");
    }
  }

  /** Issues a challenge that commits to no intent; its time starts now. */
  void add(Bytes challenge) throws EpochException {
    add(challenge, false);
  }

  /** Issues a challenge that commits to an intent; its time starts now. */
  void addWithIntent(Bytes challenge) throws EpochException {
    add(challenge, true);
  }

  private synchronized void add(Bytes challenge, boolean withIntent) throws EpochException {
    requireRoom();
    String name = challenge.toBase64();
    if (batches.has(name) || !pending.add(name, new Pending(withIntent))) {
      throw new EpochException(Reason.SIGNER_FAILED, "the signer gave one challenge twice");
    }
  }

  /**
   * Begins a try; asked before signatures are checked, which is work. Fails if {@link #spend} would
   * fail now, or if no try is left.
   */
  synchronized Try begin(Claim claim) throws EpochException {
    if (claim.isBatch() && batches.has(claim.challenge())) {
      Batch unused = requireNext(claim); // the challenge is spent: there is nothing to guess at
      return new Try(Optional.empty());
    }
    Pending challenge = requirePending(claim.challenge());
    if (challenge.refused + challenge.underWay >= MAX_TRIES) {
      throw unknown();
    }
    challenge.underWay++;
    Try begun = new Try(Optional.of(claim.challenge()));
    try {
      requireAnswer(claim, challenge);
    } catch (EpochException e) {
      begun.end(true);
      throw e;
    }
    return begun;
  }

  /** A try under way. */
  final class Try {
    private final Optional<String> challenge;

    private Try(Optional<String> challenge) {
      this.challenge = challenge;
    }

    /** Ends the try; must be called once. */
    void end(boolean refused) {
      if (challenge.isPresent()) {
        ChallengeTable.this.end(challenge.get(), refused);
      }
    }
  }

  private synchronized void end(String name, boolean refused) {
    Optional<Pending> found = pending.find(name);
    if (found.isEmpty()) {
      return; // spent, expired, or refused for the fifth time
    }
    Pending challenge = found.get();
    challenge.underWay--;
    if (refused && ++challenge.refused >= MAX_TRIES) {
      pending.remove(name);
    }
  }

  /**
   * Spends a challenge, or a place of the batch that it began. The authorization must hold.
   *
   * @param taking what it is spent for; when that fails, nothing is spent
   */
  synchronized <T> T spend(Claim claim, Taking<T> taking) throws EpochException {
    Optional<Batch> begun = require(claim);
    T taken = taking.take();
    BitSet committed = begun.map(Batch::committed).orElseGet(BitSet::new);
    committed.set(claim.place());
    if (begun.isEmpty()) {
      pending.remove(claim.challenge());
      if (claim.size() > 1) {
        boolean unused = batches.add(claim.challenge(), new Batch(claim.identity(), committed));
      }
    } else if (committed.cardinality() == claim.size()) {
      batches.remove(claim.challenge());
    }
    return taken;
  }

  /** The batch that a claim goes on with, or empty if it may spend its challenge. */
  private Optional<Batch> require(Claim claim) throws EpochException {
    if (claim.isBatch() && batches.has(claim.challenge())) {
      return Optional.of(requireNext(claim));
    }
    requireAnswer(claim, requirePending(claim.challenge()));
    return Optional.empty();
  }

  private Pending requirePending(String name) throws EpochException {
    if (!pending.has(name)) {
      throw unknown();
    }
    return pending.live(name, Reason.CHALLENGE_EXPIRED, "the challenge's time ran out");
  }

  private static EpochException unknown() {
    return new EpochException(
        Reason.CHALLENGE_UNKNOWN,
        "no such challenge is pending: unknown, spent, refused five times, or expired long ago");
  }

  private void requireAnswer(Claim claim, Pending challenge) throws EpochException {
    if (claim.withIntent() != challenge.withIntent) {
      throw new EpochException(
          Reason.INTENT_MISMATCH,
          challenge.withIntent
              ? "the challenge was made with an intent, and the agency names none"
              : "the challenge was made without an intent, and the agency names one");
    }
    if (claim.place() > 0) {
      throw new EpochException(
          Reason.AGENCY_BATCH_NOT_BEGUN, "a batch begins with its first artifact");
    }
    Duration difference = Duration.between(claim.timestamp(), clock.instant()).abs();
    if (difference.compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
      throw new EpochException(
          Reason.AGENCY_TIMESTAMP, "the authorization's time is more than 60 s off");
    }
  }

  private Batch requireNext(Claim claim) throws EpochException {
    Batch batch =
        batches.live(claim.challenge(), Reason.CHALLENGE_EXPIRED, "the batch's time ran out");
    if (!batch.identity().equals(claim.identity())) {
      throw new EpochException(
          Reason.AGENCY_BATCH_CHANGED, "the batch was begun with another authorization or list");
    }
    if (batch.committed().get(claim.place())) {
      throw new EpochException(
          Reason.AGENCY_BATCH_REPEATED, "this place of the batch was committed already");
    }
    return batch;
  }
}
