package dev.occ.epoch;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.AgencyException;
import dev.occ.agency.AgencyVerifier;
import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.Intent;
import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorKey;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Agency;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import dev.occ.proof.SlotAnchor;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One life of a signer: one key, one boot nonce, one epoch id, and the chains of proofs made with
 * them (spec 5 to 7).
 *
 * <p>First {@link #allocateSlot} makes and signs a slot, then {@link #commit} consumes it for a
 * digest. The proofs of a chain form a line: each names the hash of the one before it, and counters
 * rise. Chains run side by side. When the signer fails within a commit, the slot is gone and the
 * counter has a gap, and the chain goes on from its last good proof.
 *
 * <p>A client that wants a commit authorized asks for a {@link #challenge(Bytes)} first (spec 9),
 * has the actor answer it, and gives the answer with the commit. An actor enters a proof in no
 * other way.
 *
 * <p>Safe for use by many threads at once.
 */
@CheckReturnValue
public final class Epoch implements AutoCloseable {
  private static final int NONCE_LENGTH = 32;
  private static final int CHALLENGE_LENGTH = 32;
  private static final int INTENT_HASH_LENGTH = 32;

  private final EpochSigner signer;
  private final String id;
  private final ProofMaker maker;
  private final RequestLimits limits;
  private final SlotTable slots;
  private final ChallengeTable challenges;
  private final AgencyVerifier agencies = AgencyVerifier.create();
  private final Chains chains;
  private final AnchorGate anchors;
  private final FloorGate floors;

  /**
   * Requests hold the read lock, closing the write lock: what runs ends, what comes later fails.
   */
  private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

  /** Guarded by the lifecycle lock. */
  private boolean closed;

  private Epoch(EpochSigner signer, String id, EpochOptions options) {
    this.signer = signer;
    this.id = id;
    this.maker = new ProofMaker(signer, id);
    this.limits = new RequestLimits(options);
    this.slots = new SlotTable(options);
    this.challenges = new ChallengeTable(options);
    this.chains = new Chains(options);
    this.anchors = new AnchorGate(options, ProtocolName.OCC, id);
    this.floors = new FloorGate(options);
  }

  /**
   * Opens an epoch with the default options.
   *
   * @param signer a fresh signer; the epoch owns it from now on and closes it
   * @return the open epoch
   * @throws EpochException with {@link Reason#SIGNER_FAILED}; the signer is closed then
   */
  public static Epoch open(Signer signer) throws EpochException {
    return open(signer, EpochOptions.DEFAULT);
  }

  /**
   * Opens an epoch: takes a boot nonce of 32 bytes from the signer and derives the epoch's id from
   * it and the public key (spec 6).
   *
   * @param signer a fresh signer; the epoch owns it from now on and closes it
   * @param options the limits
   * @return the open epoch
   * @throws EpochException with {@link Reason#SIGNER_FAILED}; the signer is closed then
   * @throws IllegalStateException if the runtime has no elliptic curves, as {@link
   *     AgencyVerifier#create()}; the signer is closed then
   */
  public static Epoch open(Signer signer, EpochOptions options) throws EpochException {
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(options, "options");
    try {
      EpochSigner epochSigner = new EpochSigner(signer);
      String seed =
          epochSigner.publicKey().toBase64() + ":" + epochSigner.random(NONCE_LENGTH).toBase64();
      String id = Bytes.sha256(seed.getBytes(StandardCharsets.UTF_8)).toBase64();
      return new Epoch(epochSigner, id, options);
    } catch (Throwable e) { // whatever it is, the key must not stay behind
      closeAfter(e, signer);
      throw e;
    }
  }

  private static void closeAfter(Throwable failure, Signer signer) {
    try {
      signer.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * The epoch's id.
   *
   * @return Base64 of 32 bytes
   */
  public String id() {
    return id;
  }

  /**
   * The epoch's Ed25519 public key.
   *
   * @return 32 bytes
   */
  public Bytes publicKey() {
    return signer.publicKey();
  }

  /**
   * The signer's tier.
   *
   * @return as the proofs state it
   */
  public EnforcementTier enforcement() {
    return signer.enforcement();
  }

  /**
   * The signer's measurement.
   *
   * @return as the proofs state it, not empty
   */
  public String measurement() {
    return signer.measurement();
  }

  /**
   * How many slots wait for their commits.
   *
   * @return zero or more
   */
  public int pendingSlots() {
    return slots.size();
  }

  /**
   * How many chains were named so far.
   *
   * @return zero or more
   */
  public int chainCount() {
    return chains.size();
  }

  /**
   * Whose claims make anchors (spec 10).
   *
   * @return the key, or empty if the epoch makes none
   */
  public Optional<AnchorKey> anchorKey() {
    return anchors.key();
  }

  /**
   * Whether a block of Base may be given for a slot (spec 10).
   *
   * @return true if {@link #allocateSlot(String, Bytes)} takes headers
   */
  public boolean takesBaseFloors() {
    return floors.areOn();
  }

  /**
   * Whether the epoch has ended.
   *
   * @return true once {@link #close()} has destroyed the key
   */
  public boolean isClosed() {
    lifecycle.readLock().lock();
    try {
      return closed;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * Makes a slot on the default chain.
   *
   * @return the signed slot
   * @throws EpochException as {@link #allocateSlot(String)}
   */
  public Slot allocateSlot() throws EpochException {
    return allocateSlot(Commit.DEFAULT_CHAIN);
  }

  /**
   * Makes a slot: takes the chain's next counter and a fresh nonce, and signs both.
   *
   * @param chainId the chain's name; a new name starts a chain
   * @return the signed slot, which waits for {@link #commit} until it expires
   * @throws EpochException if the epoch is closed, the name is unusable, there are too many slots
   *     or chains, or the signer failed
   */
  public Slot allocateSlot(String chainId) throws EpochException {
    lifecycle.readLock().lock();
    try {
      requireOpen();
      return slot(chainId, Chain::nextPlace);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * Makes a slot whose floor is a block of Base (spec 10): the proof will say that it was made
   * after that block. Where there is such a floor, the chain's newest anchor is not another.
   *
   * @param chainId the chain's name; a new name starts a chain
   * @param baseHeader the RLP of the block's header
   * @return the signed slot, with its floor
   * @throws EpochException as {@link #allocateSlot(String)}, or if the epoch takes no such floors,
   *     the header is not one of Base's schedule, is ahead of the clock, or is below the chain's
   *     last floor
   */
  public Slot allocateSlot(String chainId, Bytes baseHeader) throws EpochException {
    lifecycle.readLock().lock();
    try {
      requireOpen();
      BaseFloor floor = floors.check(baseHeader);
      return slot(chainId, chain -> chain.nextPlace(floor));
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  private interface PlaceSource {
    Chain.Place next(Chain chain) throws EpochException;
  }

  private Slot slot(String chainId, PlaceSource places) throws EpochException {
    slots.reserve();
    boolean added = false;
    try {
      Chain chain = chains.named(chainId); // after the place is sure: a refusal starts no chain
      Bytes nonce = signer.random(NONCE_LENGTH);
      Chain.Place place = places.next(chain);
      Slot slot = new Slot(maker.slot(nonce, place.counter(), chain.writtenId()), place.floor());
      slots.add(slot);
      added = true;
      return slot;
    } finally {
      if (!added) {
        slots.release();
      }
    }
  }

  /**
   * Issues a challenge that commits to nothing (spec 9). It can be answered once within 60 s, in at
   * most five tries; at most 500 wait at a time, the batches that challenges have begun included.
   * Whoever carries the request chooses chain, policy, principal and attribution, and with WebAuthn
   * the digest too: {@link #challenge(Bytes)} binds them.
   *
   * @return 32 random bytes of the signer's
   * @throws EpochException if the epoch is closed, there are too many challenges, or the signer
   *     failed
   */
  public Bytes challenge() throws EpochException {
    lifecycle.readLock().lock();
    try {
      requireOpen();
      challenges.requireRoom();
      Bytes challenge = signer.random(CHALLENGE_LENGTH);
      challenges.add(challenge);
      return challenge;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * Issues a challenge that commits to an intent (spec 9): it authorizes what the intent names, in
   * this epoch, and nothing else. Apart from that it is as {@link #challenge()}.
   *
   * @param intentHash the hash of what the actor is to authorize, {@link Intent#hash()}, 32 bytes
   * @return the challenge and the signer's nonce in it
   * @throws EpochException if the epoch is closed, there are too many challenges, or the signer
   *     failed
   * @throws IllegalArgumentException if the hash is of another length
   */
  public IntentChallenge challenge(Bytes intentHash) throws EpochException {
    if (intentHash.size() != INTENT_HASH_LENGTH) {
      throw new IllegalArgumentException("an intent's hash has 32 bytes, not " + intentHash.size());
    }
    lifecycle.readLock().lock();
    try {
      requireOpen();
      challenges.requireRoom();
      IntentChallenge challenge = IntentChallenge.of(signer.random(CHALLENGE_LENGTH), intentHash);
      challenges.addWithIntent(challenge.challenge());
      return challenge;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * Consumes a slot for a digest and makes the proof. All that can be wrong with the request is
   * found before the slot is consumed, so that it stays usable.
   *
   * <p>With an anchor claim (spec 10) the proof is an authenticated anchor, and the floor of every
   * slot that is made on its chain from then on, until the next anchor.
   *
   * <p>With an agency, slot and challenge are consumed in one step, both or neither: a refused
   * authorization leaves the slot and costs the challenge one of five tries, a slot that is not
   * pending leaves the challenge. A challenge that commits to an intent authorizes a request only
   * if chain, digests, actor, policy, principal and attribution are those of the intent. Of several
   * commits with one challenge exactly one wins. Once both are consumed they stay so, even when the
   * signer fails then. In a batch, place 0 spends the challenge; for 60 s from then on each other
   * place of that batch can be committed once, in any order, with the same actor, authorization and
   * digests.
   *
   * @param request the slot, the digest, and what else goes into the proof
   * @return the proof, which is the head of its chain from now on
   * @throws EpochException if the epoch is closed, the slot is not pending, the request is too
   *     large, its authorization does not hold or answers no pending challenge, its anchor claim
   *     does not hold or is missing where the attribution is that of an anchor, or the signer
   *     failed
   */
  public Proof commit(CommitRequest request) throws EpochException {
    lifecycle.readLock().lock();
    try {
      requireOpen();
      limits.check(request);
      anchors.checkReserved(request);
      if (request.anchor().isPresent()) {
        return commitAnchor(request, request.anchor().get());
      }
      Slot slot = take(request);
      Chain chain = chains.named(slot.chainId());
      chain.lock();
      try {
        return seal(request, slot, chain);
      } finally {
        chain.unlock();
      }
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /** The chain stays locked from the look at its last anchor until the next one is its last. */
  private Proof commitAnchor(CommitRequest request, AnchorClaim claim) throws EpochException {
    Chain chain = chains.named(slots.peek(request.slotId()).chainId());
    anchors.check(request, claim, chain);
    chain.lock();
    try {
      anchors.requireAboveLast(claim, chain); // another may have been made in the meantime
      Proof proof = seal(request, take(request), chain);
      chain.anchored(new SlotAnchor(proof.commit().counter().orElseThrow(), claim.block()));
      return proof;
    } finally {
      chain.unlock();
    }
  }

  private Proof seal(CommitRequest request, Slot slot, Chain chain) throws EpochException {
    Counter counter = chain.nextCounter();
    Proof proof = maker.proof(request, slot, counter, chain.head());
    chain.advance(proof.sealedHash());
    return proof;
  }

  private Slot take(CommitRequest request) throws EpochException {
    if (request.agency().isEmpty()) {
      return slots.take(request.slotId());
    }
    Agency agency = request.agency().get();
    Claim claim = Claim.of(agency);
    ChallengeTable.Try attempt = challenges.begin(claim);
    boolean refused = false;
    try {
      AuthorizedActor unused = verify(agency, request);
      return challenges.spend(claim, () -> slots.take(request.slotId()));
    } catch (AgencyException e) {
      refused = true;
      throw new EpochException(
          Reason.of(e.reason()), "the agency does not hold: " + e.getMessage(), e);
    } catch (EpochException e) {
      refused = e.reason().refusesAuthorization();
      throw e;
    } finally {
      attempt.end(refused);
    }
  }

  private AuthorizedActor verify(Agency agency, CommitRequest request)
      throws AgencyException, EpochException {
    if (agency.intentNonce().isEmpty()) {
      return agencies.verify(agency, request.digest(), ProtocolName.OCC);
    }
    Intent.Builder intent =
        Intent.builder(id, agency, request.digest()).chain(slots.peek(request.slotId()).chainId());
    request.policy().ifPresent(intent::policy);
    request.principal().ifPresent(intent::principal);
    request.attribution().ifPresent(intent::attribution);
    return agencies.verify(agency, request.digest(), ProtocolName.OCC, intent.build());
  }

  /**
   * Ends the epoch: waits for requests that are running, then destroys the key. Every later request
   * fails with {@link Reason#CLOSED}. Calls after the first do nothing.
   *
   * @throws IllegalStateException if a signer calls this from within a request
   */
  @Override
  public void close() {
    if (lifecycle.getReadHoldCount() > 0) {
      throw new IllegalStateException("a request of this thread is under way"); // and would wait
    }
    lifecycle.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        signer.close();
      }
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private void requireOpen() throws EpochException {
    if (closed) {
      throw new EpochException(Reason.CLOSED, "the epoch is closed");
    }
  }
}
