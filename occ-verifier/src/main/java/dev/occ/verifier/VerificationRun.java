package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.crypto.Ed25519PublicKey;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one verification works on and has found so far. Used by one thread. */
final class VerificationRun {
  private final Proof proof;
  private final byte[] signedBytes;
  private final Bytes proofHash;
  private final @Nullable ArtifactDigest artifact;
  private final @Nullable TimestampVerifier timestampVerifier;
  private final List<Check> checks = new ArrayList<>();
  private final Set<HistoricalForm> historicalForms = EnumSet.noneOf(HistoricalForm.class);
  private @Nullable AttestedFacts attested;
  private @Nullable AuthorizedActor actor;
  private @Nullable Ed25519PublicKey key;
  private @Nullable SortedMap<StampedMember, TimestampResult> timestamps;

  VerificationRun(
      Proof proof,
      @Nullable ArtifactDigest artifact,
      @Nullable TimestampVerifier timestampVerifier) {
    this.proof = proof;
    this.signedBytes = proof.signedBytes();
    this.proofHash = Bytes.sha256(signedBytes);
    this.artifact = artifact;
    this.timestampVerifier = timestampVerifier;
  }

  Proof proof() {
    return proof;
  }

  /** The canonical signed body; not to be changed. */
  byte[] signedBytes() {
    return signedBytes;
  }

  Bytes proofHash() {
    return proofHash;
  }

  /** What the proof is compared with, if anything. */
  Optional<ArtifactDigest> artifact() {
    return Optional.ofNullable(artifact);
  }

  /** What was found of timestamps; empty without a verifier for them. */
  SortedMap<StampedMember, TimestampResult> timestamps() {
    if (timestamps == null) {
      timestamps = timestampVerifier == null ? new TreeMap<>() : timestampVerifier.verify(proof);
    }
    return timestamps;
  }

  List<Check> checks() {
    return checks;
  }

  Set<HistoricalForm> historicalForms() {
    return historicalForms;
  }

  /** The proof's key, once the signature step has accepted it. */
  Ed25519PublicKey key() {
    if (key == null) {
      throw new IllegalStateException("no key before the signature step");
    }
    return key;
  }

  void keyIs(Ed25519PublicKey accepted) {
    key = accepted;
  }

  /** What the attestation shows, once its step has accepted it. */
  Optional<AttestedFacts> attested() {
    return Optional.ofNullable(attested);
  }

  void attestedBy(AttestedFacts facts) {
    attested = facts;
  }

  /** The proof's floor; the attestation limits what it shows. */
  Optional<FloorFacts> floor() {
    return FloorFacts.of(proof.commit(), attested().map(AttestedFacts::time));
  }

  /** Who authorized the commit, once the agency step has accepted it. */
  Optional<AuthorizedActor> actor() {
    return Optional.ofNullable(actor);
  }

  void authorizedBy(AuthorizedActor accepted) {
    actor = accepted;
  }

  /** Whether a step ran and the proof holds what it checks. */
  boolean passed(Check.Step step) {
    return checks.stream().anyMatch(c -> c.step() == step && c.outcome() == Check.Outcome.PASSED);
  }
}
