package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * The outcome of a verification: {@link Verified}, which carries the claims that were established,
 * or {@link Rejected}, which carries the reason. Trusted claims can be read from {@code Verified}
 * only.
 */
@CheckReturnValue
public sealed interface VerificationResult permits Verified, Rejected {
  /**
   * Every step that ran, in order (spec 11).
   *
   * @return an unmodifiable list; its last element is the failed step of a rejected proof
   */
  List<Check> checks();

  /**
   * The claims, for those who prefer exceptions.
   *
   * @return this, if the proof was verified
   * @throws ProofRejectedException if it was rejected
   */
  Verified orElseThrow() throws ProofRejectedException;
}
