package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.AuthorizedActor;
import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A proof that holds under the given policy, with the claims that were established: {@link
 * Verified} if an artifact was compared with it, {@link VerifiedProofOnly} if not. Immutable.
 *
 * <p>What the claims rest on is in {@link #checks()}, what was not shown in {@link #caveats()}:
 * without a checked attestation the holder of the key claims them, and nothing is shown about where
 * that key lives.
 */
@CheckReturnValue
public abstract sealed class ValidProof implements VerificationResult
    permits Verified, VerifiedProofOnly {
  private final Proof proof;
  private final Bytes proofHash;
  private final List<Check> checks;
  private final List<Caveat> caveats;
  private final Set<HistoricalForm> historicalForms;
  private final @Nullable AttestedFacts attested;
  private final @Nullable AuthorizedActor actor;
  private final SortedMap<StampedMember, TimestampResult> timestamps;
  private final AnchorReading anchor;
  private final @Nullable FloorFacts floor;

  ValidProof(VerificationRun run, VerificationPolicy policy) {
    proof = run.proof();
    proofHash = run.proofHash();
    checks = List.copyOf(run.checks());
    historicalForms = Set.copyOf(run.historicalForms());
    attested = run.attested().orElse(null);
    actor = run.actor().orElse(null);
    timestamps = Collections.unmodifiableSortedMap(run.timestamps());
    anchor = EthereumAnchor.read(proof);
    floor = run.floor().orElse(null);
    caveats = Caveats.of(policy, run);
  }

  /**
   * The digest of the artifact that the proof is about.
   *
   * @return SHA-256, 32 bytes
   */
  public final Bytes artifactDigest() {
    return proof.artifactDigest();
  }

  /**
   * Whether the caller gave an artifact, and the proof is about that one.
   *
   * @return true for {@link Verified}, false for {@link VerifiedProofOnly}
   */
  public abstract boolean artifactCompared();

  /**
   * Whether the proof carries its slot, which was signed before the digest was known.
   *
   * @return false if the proof has no slot
   */
  public final boolean slotChecked() {
    return outcomeOf(Check.Step.SLOT) == Check.Outcome.PASSED;
  }

  /**
   * The proof's hash: SHA-256 of the canonical signed body (spec 4).
   *
   * @return 32 bytes
   */
  public final Bytes proofHash() {
    return proofHash;
  }

  /**
   * The key that signed.
   *
   * @return an Ed25519 public key, 32 bytes
   */
  public final Bytes publicKey() {
    return proof.publicKey();
  }

  /**
   * The tier that the signer states for itself.
   *
   * @return shown to be true only by a checked attestation and an allow-list of measurements
   */
  public final EnforcementTier enforcement() {
    return proof.environment().enforcement();
  }

  /**
   * The measurement that the signer states for itself.
   *
   * @return shown to be true only by a checked attestation
   */
  public final String measurement() {
    return proof.environment().measurement();
  }

  /**
   * The epoch that the proof belongs to.
   *
   * @return its id, absent in some historical proofs
   */
  public final Optional<String> epochId() {
    return proof.commit().epochId();
  }

  /**
   * The chain that the proof is on.
   *
   * @return its name, {@value Commit#DEFAULT_CHAIN} for the default one
   */
  public final String chain() {
    return proof.commit().chain();
  }

  /**
   * The proof's place on its chain.
   *
   * @return absent in some historical proofs
   */
  public final Optional<Counter> counter() {
    return proof.commit().counter();
  }

  /**
   * The slot's place on the chain.
   *
   * @return absent if the proof has no slot
   */
  public final Optional<Counter> slotCounter() {
    return proof.commit().slotCounter();
  }

  /**
   * The proof before this one on the chain.
   *
   * @return the hash of that sealed proof, 32 bytes; absent on the first one
   */
  public final Optional<Bytes> previous() {
    return proof.commit().prev();
  }

  /**
   * The policy document that the proof is bound to.
   *
   * @return absent if it is bound to none
   */
  public final Optional<PolicyBinding> policy() {
    return proof.policy();
  }

  /**
   * On whose behalf the proof was made, as the signer says.
   *
   * @return absent if the proof does not say
   */
  public final Optional<Principal> principal() {
    return proof.principal();
  }

  /**
   * What the maker says about the artifact.
   *
   * @return absent if nothing
   */
  public final Optional<Attribution> attribution() {
    return proof.attribution();
  }

  /**
   * Who authorized the commit (spec 9): the actor's signature holds, and the signer put the actor
   * into the signed body. The signer's code alone checked that the challenge was fresh. What the
   * actor's signature covers is in {@link AuthorizedActor#coverage()}: without an intent chain,
   * principal, attribution, policy and the names beside the actor's key were chosen by the carrier
   * of the request, and {@link #caveats()} name them.
   *
   * @return absent if the proof carries no authorization
   */
  public final Optional<AuthorizedActor> actor() {
    return Optional.ofNullable(actor);
  }

  /**
   * What the attestation shows.
   *
   * @return absent if there was none, or it was not checked
   */
  public final Optional<AttestedFacts> attested() {
    return Optional.ofNullable(attested);
  }

  /**
   * What the proof is as an anchor (spec 10). A proof may be valid and its anchor malformed.
   *
   * @return the anchor, or that there is none
   */
  public final AnchorReading anchor() {
    return anchor;
  }

  /**
   * The block after which the proof was made, as the signer fixed it with the slot (spec 10).
   *
   * @return absent if the proof has no floor, or two of them
   */
  public final Optional<FloorFacts> floor() {
    return Optional.ofNullable(floor);
  }

  /**
   * The historical forms that the proof has (spec 8).
   *
   * @return an unmodifiable set
   */
  public final Set<HistoricalForm> historicalForms() {
    return historicalForms;
  }

  /**
   * What the timestamps show, or why they show nothing. They stand outside of what the proof's
   * signature covers; authorities signed them, and a pinned root vouches for those.
   *
   * @return an unmodifiable map with an entry for each timestamp in the proof; empty if there is
   *     none, or no verifier for timestamps was given
   */
  public final SortedMap<StampedMember, TimestampResult> timestamps() {
    return timestamps;
  }

  /**
   * The members of the document that no signature covers, so that nobody takes them for proven. Of
   * a timestamp that was verified these are the labels beside it.
   *
   * @return JSON pointers in the document's order
   */
  public final List<String> unsignedMembers() {
    return UnsignedMembers.of(proof, timestamps);
  }

  @Override
  public final List<Check> checks() {
    return checks;
  }

  @Override
  public final List<Caveat> caveats() {
    return caveats;
  }

  @Override
  public final JsonObject toJson() {
    return ResultJson.of(this);
  }

  /** Kind, chain and counter, for logs and debuggers. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + proof + "]";
  }

  private Check.Outcome outcomeOf(Check.Step step) {
    return checks.stream()
        .filter(check -> check.step() == step)
        .map(Check::outcome)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a verified proof went through every step"));
  }
}
