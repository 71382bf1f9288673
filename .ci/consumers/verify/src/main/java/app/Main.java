package app;

import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verifies a proof of a file, and refuses it for other bytes and when one of its own is changed. */
public final class Main {
  private Main() {}

  /**
   * Runs.
   *
   * @param args a proof and its artifact
   * @throws IOException if one cannot be read
   */
  public static void main(String[] args) throws IOException {
    byte[] proof = Files.readAllBytes(Path.of(args[0]));
    ArtifactDigest artifact = ArtifactDigest.ofFile(Path.of(args[1]));
    ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
    require(verifier.verify(proof, artifact), true);
    require(verifier.verify(proof, ArtifactDigest.ofContent(new byte[1])), false);
    String changed = new String(proof, java.nio.charset.StandardCharsets.UTF_8);
    int counter = changed.indexOf("\"counter\"");
    byte[] attacked = proof.clone();
    int digit = changed.indexOf('"', counter + 10) + 1;
    attacked[digit] = (byte) (attacked[digit] == '9' ? '8' : attacked[digit] + 1);
    require(verifier.verify(attacked, artifact), false);
    requireNoTimestamps();
    System.out.println("verified in " + Runtime.version() + ", module " + Main.class.getModule().getName());
  }

  /** Where BouncyCastle's CMS is not on the path, the error says what timestamps need. */
  private static void requireNoTimestamps() {
    if (Boolean.getBoolean("timestamps")) {
      return;
    }
    try {
      TimestampVerifier.Builder unexpected = TimestampVerifier.builder();
      throw new AssertionError("timestamps without bcpkix: " + unexpected);
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("org.bouncycastle:bcpkix-jdk18on")) {
        return;
      }
      throw e;
    }
  }

  private static void require(VerificationResult result, boolean valid) {
    boolean is = result.toJson().get("valid").orElseThrow().toJson().equals("true");
    if (is != valid) {
      throw new IllegalStateException("expected valid " + valid + ": " + result);
    }
  }
}
