package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.crypto.Ed25519Key;
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

/** What one verification works on and has found so far. Used by one thread. */
final class VerificationRun {
  private final Proof proof;
  private final byte[] signedBytes;
  private final Bytes proofHash;
  private final Optional<ArtifactDigest> artifact;
  private final Optional<TimestampVerifier> timestampVerifier;
  private final List<Check> checks = new ArrayList<>();
  private final Set<HistoricalForm> historicalForms = EnumSet.noneOf(HistoricalForm.class);
  private Optional<AttestedFacts> attested = Optional.empty();
  private Optional<AuthorizedActor> actor = Optional.empty();
  private Optional<Ed25519Key> key = Optional.empty();
  private Optional<SortedMap<StampedMember, TimestampResult>> timestamps = Optional.empty();

  VerificationRun(
      Proof proof,
      Optional<ArtifactDigest> artifact,
      Optional<TimestampVerifier> timestampVerifier) {
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

  Optional<ArtifactDigest> artifact() {
    return artifact;
  }

  /** What was found of time stamps; empty without a verifier for them. */
  SortedMap<StampedMember, TimestampResult> timestamps() {
    if (timestamps.isEmpty()) {
      timestamps =
          Optional.of(
              timestampVerifier.map(verifier -> verifier.verify(proof)).orElseGet(TreeMap::new));
    }
    return timestamps.get();
  }

  List<Check> checks() {
    return checks;
  }

  Set<HistoricalForm> historicalForms() {
    return historicalForms;
  }

  /** The proof's key, once the signature step has accepted it. */
  Ed25519Key key() {
    return key.orElseThrow(() -> new IllegalStateException("no key before the signature step"));
  }

  void keyIs(Ed25519Key accepted) {
    key = Optional.of(accepted);
  }

  /** What the attestation shows, once its step has accepted it. */
  Optional<AttestedFacts> attested() {
    return attested;
  }

  void attestedBy(AttestedFacts facts) {
    attested = Optional.of(facts);
  }

  /** Who authorised the commit, once the agency step has accepted it. */
  Optional<AuthorizedActor> actor() {
    return actor;
  }

  void authorizedBy(AuthorizedActor accepted) {
    actor = Optional.of(accepted);
  }

  boolean passed(Check.Step step) {
    return checks.stream().anyMatch(c -> c.step() == step && c.outcome() == Check.Outcome.PASSED);
  }
}
