package dev.occ.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;

/** A benchmark of something that fails would measure how fast it fails. */
final class Require {
  private Require() {}

  /** The claims of a proof that must verify. */
  @CanIgnoreReturnValue
  static ValidProof verified(VerificationResult result) {
    if (result instanceof ValidProof verified) {
      return verified;
    }
    throw new IllegalStateException("the proof does not verify: " + result);
  }

  /** Something that must hold. */
  static void holds(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("does not hold: " + what);
    }
  }
}
