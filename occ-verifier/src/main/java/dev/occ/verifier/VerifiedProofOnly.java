package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A proof that holds under the given policy, and that no artifact was compared with: it is about
 * <em>some</em> bytes with the digest {@link #artifactDigest()}. Immutable.
 */
@CheckReturnValue
public final class VerifiedProofOnly extends ValidProof {
  VerifiedProofOnly(VerificationRun run, VerificationPolicy policy) {
    super(run, policy);
  }

  @Override
  public boolean artifactCompared() {
    return false;
  }

  @Override
  public VerifiedProofOnly orElseThrow() {
    return this;
  }
}
