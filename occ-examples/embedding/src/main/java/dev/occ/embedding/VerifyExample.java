package dev.occ.embedding;

import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verifies a proof for a file: needs {@code occ-verifier} only, no network and no signer. */
final class VerifyExample {
  private final ProofVerifier verifier;

  /** For a verifier that trusts another root than AWS's. */
  VerifyExample(ProofVerifier verifier) {
    this.verifier = verifier;
  }

  // snippet:verify
  /** Trusts the enclave image with this PCR0: 96 hex digits, from whoever built the image. */
  VerifyExample(String pcr0) {
    verifier = ProofVerifier.create(VerificationPolicy.measuredTee(pcr0)); // thread-safe: keep it
  }

  String check(Path file, Path proof) throws IOException {
    VerificationResult result =
        verifier.verify(Files.readAllBytes(proof), ArtifactDigest.ofFile(file));
    if (result instanceof Verified verified) {
      return "proven: " + verified.artifactDigest().toHex() + " " + verified.caveats();
    }
    Rejected rejected = (Rejected) result;
    return "refused: " + rejected.reason().code() + ", " + rejected.text();
  }
  // end
}
