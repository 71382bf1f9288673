package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import java.util.List;

/**
 * The outcome of a verification: a {@link ValidProof}, which carries the claims that were
 * established, or {@link Rejected}, which carries the reason. Trusted claims can be read from a
 * {@code ValidProof} only. It is {@link Verified} if the artifact was compared, and {@link
 * VerifiedProofOnly} if none was.
 */
@CheckReturnValue
public sealed interface VerificationResult permits ValidProof, Rejected {
  /**
   * Every step that ran, in order (spec 11).
   *
   * @return an unmodifiable list; its last element is the failed step of a rejected proof
   */
  List<Check> checks();

  /**
   * What a valid proof does not show, as far as the policy and the proof tell: as important as what
   * it does.
   *
   * @return an unmodifiable list in a fixed order; empty for a rejected proof, which shows nothing
   */
  List<Caveat> caveats();

  /**
   * The result for programs: the one form that the command line, the HTTP service and this library
   * write. A digest or a hash stands in Base64 ({@code …B64}) and in hex ({@code …Hex}).
   *
   * @return an object with {@code valid}, {@code checks} and {@code caveats}; of a valid proof its
   *     claims, of a rejected one {@code reason}, {@code text} and where there is one {@code
   *     detail} and {@code pointer}
   */
  JsonObject toJson();

  /**
   * The claims, for those who prefer exceptions.
   *
   * @return this, if the proof is valid
   * @throws ProofRejectedException if it was rejected
   */
  ValidProof orElseThrow() throws ProofRejectedException;
}
