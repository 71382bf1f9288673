package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * The challenges of an epoch (spec 9): bounded, single-use, expiring. A challenge that began a
 * batch is remembered with it for as long again, so that each place of that very batch can be
 * committed once, and nothing can be added.
 *
 * <p>Thread-safe. The lock is held while the slot is taken, so that slot and challenge are consumed
 * both or neither, and of several commits with one challenge exactly one wins.
 */
final class ChallengeTable {
  static final int MAX_PENDING = 500;

  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  /** Takes what a challenge is spent for. */
  interface Taking<T> {
    T take() throws EpochException;
  }

  /**
   * A batch that was begun.
   *
   * @param identity what all its commits have in common
   * @param committed the places that are gone
   */
  private record Batch(Bytes identity, BitSet committed) {}

  private final ExpiringMap<Bytes> pending;
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

  /** Issues a challenge; its time starts now. */
  synchronized void add(Bytes challenge) throws EpochException {
    requireRoom();
    String name = challenge.toBase64();
    if (batches.has(name) || !pending.add(name, challenge)) {
      throw new EpochException(Reason.SIGNER_FAILED, "the signer gave one challenge twice");
    }
  }

  /** Fails if {@link #spend} would fail now; asked before signatures are checked, which is work. */
  synchronized void check(Claim claim) throws EpochException {
    Optional<Batch> unused = require(claim);
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
    if (!pending.has(claim.challenge())) {
      throw new EpochException(
          Reason.CHALLENGE_UNKNOWN,
          "no such challenge is pending: unknown, spent, or expired long ago");
    }
    Bytes unused =
        pending.live(claim.challenge(), Reason.CHALLENGE_EXPIRED, "the challenge's time ran out");
    if (claim.place() > 0) {
      throw new EpochException(
          Reason.AGENCY_BATCH_NOT_BEGUN, "a batch begins with its first artifact");
    }
    Duration difference = Duration.between(claim.timestamp(), clock.instant()).abs();
    if (difference.compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
      throw new EpochException(
          Reason.AGENCY_TIMESTAMP, "the authorization's time is more than 60 s off");
    }
    return Optional.empty();
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
