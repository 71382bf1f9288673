package dev.occ.programs.commit;

import dev.occ.client.OccClientException;
import dev.occ.epoch.EpochException;
import dev.occ.programs.commit.CommitRun.SourceFailedException;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Attribution;
import dev.occ.signer.SignerException;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether what stands in a proof's place is the proof that this run would make: of the file as it
 * is now, by the signer or under the policy, on the chain, with the attribution, for no principal.
 */
final class ProvenCheck {
  private final ProofVerifier verifier;
  private final ProofSource source;
  private final String chain;
  private final Optional<Attribution> attribution;

  ProvenCheck(
      ProofVerifier verifier, ProofSource source, String chain, Optional<Attribution> attribution) {
    this.verifier = verifier;
    this.source = source;
    this.chain = chain;
    this.attribution = attribution;
  }

  /**
   * Looks at a file's proof.
   *
   * @return what is in the way, as a sentence without its end; empty if the file is proven as asked
   * @throws SourceFailedException if the signer cannot be asked who it is
   */
  Optional<String> difference(Path file, Path proof) throws IOException {
    if (!Files.isRegularFile(proof) || Files.size(proof) > ProofFiles.MAX_LENGTH) {
      return Optional.of(noProof(proof));
    }
    VerificationResult result = verifier.verify(ProofFiles.read(proof), hash(file));
    return result instanceof ValidProof valid
        ? otherThanAsked(valid).map(what -> inTheWay(what, proof))
        : Optional.of(refused((Rejected) result, proof));
  }

  private Optional<String> otherThanAsked(ValidProof proof) throws SourceFailedException {
    if (!isBySource(proof)) {
      return Optional.of("by another signer");
    }
    if (!proof.chain().equals(chain)) {
      return Optional.of("on another chain (\"" + proof.chain() + "\")");
    }
    if (!proof.attribution().equals(attribution)) {
      return Optional.of("with another attribution");
    }
    return proof.principal().isPresent() ? Optional.of("for another principal") : Optional.empty();
  }

  private boolean isBySource(ValidProof proof) throws SourceFailedException {
    try {
      return source.isSignerOf(proof);
    } catch (OccClientException | EpochException | SignerException e) {
      throw new SourceFailedException(e);
    }
  }

  private static String refused(Rejected rejected, Path proof) {
    return switch (rejected.reason()) {
      case POLICY_ENFORCEMENT,
          POLICY_MEASUREMENT,
          POLICY_PUBLIC_KEY,
          POLICY_EPOCH_ID,
          POLICY_ATTESTATION_MISSING,
          POLICY_ATTESTATION_NOT_CHECKED,
          POLICY_ATTESTATION_FORMAT,
          POLICY_PCR ->
          inTheWay("by another signer", proof) + " (" + rejected.reason().code() + ")";
      default ->
          isOfPolicy(rejected.reason())
              ? inTheWay("that the policy refuses", proof) + " (" + rejected.reason().code() + ")"
              : noProof(proof);
    };
  }

  private static boolean isOfPolicy(Rejection reason) {
    return reason.code().startsWith("policy-") || reason.code().startsWith("timestamp-");
  }

  private static String inTheWay(String which, Path proof) {
    return "a proof " + which + " is in the way: " + proof;
  }

  private static String noProof(Path proof) {
    return proof + " is not a valid proof of this file";
  }

  static ArtifactDigest hash(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ArtifactDigest.ofContent(in);
    }
  }
}
