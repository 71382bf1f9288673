package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A proof that holds under the given policy and is about the artifact that the caller gave.
 * Immutable.
 */
@CheckReturnValue
public final class Verified extends ValidProof {
  Verified(VerificationRun run, VerificationPolicy policy) {
    super(run, policy);
  }

  @Override
  public boolean artifactCompared() {
    return true;
  }

  @Override
  public Verified orElseThrow() {
    return this;
  }
}
