package dev.occ.embedding;

import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.ValidProof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verifies a proof for a file: needs {@code occ-verifier} only, no network and no signer. */
final class VerifyExample {
  private VerifyExample() {}

  /**
   * Says whether a proof shows that a file went through an enclave that one trusts.
   *
   * @param pcr0 the enclave image's PCR0, 96 lower-case hex digits, from whoever built the image
   */
  static String verify(Path file, Path proof, String pcr0) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      // snippet:verify
      VerificationPolicy policy = VerificationPolicy.measuredTee(pcr0); // the enclave you trust
      ProofVerifier verifier = ProofVerifier.create(policy); // immutable: make one and keep it
      VerificationResult result =
          verifier.verify(Files.readAllBytes(proof), ArtifactDigest.ofContent(in));
      if (result instanceof ValidProof verified) {
        return "proven: " + verified.artifactDigest() + ", number " + verified.counter();
      }
      Rejected rejected = (Rejected) result; // sealed: there is no third outcome
      return "refused: " + rejected.reason().code() + ", " + rejected.text();
      // end
    }
  }
}
