package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Optional;

/**
 * A proof that does not hold, or not under the given policy.
 *
 * @param reason why, to decide by
 * @param detail the reason underneath, as stable kebab-case ASCII, where another part of the
 *     library gave one: the JSON reader's or the attestation verifier's
 * @param text why, for people
 * @param pointer the offending member's JSON pointer (RFC 6901), where there is one
 * @param checks every step that ran; the last one failed
 */
@CheckReturnValue
public record Rejected(
    Rejection reason,
    Optional<String> detail,
    String text,
    Optional<String> pointer,
    List<Check> checks)
    implements VerificationResult {

  /**
   * Copies the checks.
   *
   * @param reason why
   * @param detail the reason underneath
   * @param text why, for people
   * @param pointer the offending member
   * @param checks every step that ran
   */
  public Rejected {
    checks = List.copyOf(checks);
  }

  @Override
  public Verified orElseThrow() throws ProofRejectedException {
    throw new ProofRejectedException(this);
  }
}
