package dev.occ.programs.commit;

import dev.occ.programs.kit.ProofFiles;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether what stands in a proof's place is one, and of the file as it is now. */
final class ProvenCheck {
  private final ProofVerifier verifier;

  ProvenCheck(ProofVerifier verifier) {
    this.verifier = verifier;
  }

  boolean isProven(Path file, Path proof) throws IOException {
    if (!Files.isRegularFile(proof) || Files.size(proof) > ProofFiles.MAX_LENGTH) {
      return false;
    }
    return verifier.verify(ProofFiles.read(proof), hash(file)) instanceof ValidProof;
  }

  static ArtifactDigest hash(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ArtifactDigest.ofContent(in);
    }
  }
}
