package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A proof that does not hold, or not under the given policy. Immutable. */
@CheckReturnValue
public final class Rejected implements VerificationResult, Serializable {
  private static final long serialVersionUID = 1L;

  /** To decide by; part of the serialized form, as all members are. */
  private final Rejection reason;

  /** The reason underneath. */
  private final @Nullable String detail;

  /** For people. */
  private final String text;

  /** The offending member. */
  private final @Nullable String pointer;

  /** Every step that ran. */
  private final Check[] checks;

  Rejected(Rejection reason, StepOutcome outcome, List<Check> checks) {
    this.reason = reason;
    this.detail = outcome.detail().orElse(null);
    this.text = outcome.text();
    this.pointer = outcome.pointer().orElse(null);
    this.checks = checks.toArray(Check[]::new);
  }

  /**
   * Why, to decide by.
   *
   * @return the first rule that is broken
   */
  public Rejection reason() {
    return reason;
  }

  /**
   * The reason underneath, where another part of the library gave one: the JSON reader, or the
   * verifier of attestations or timestamps.
   *
   * @return stable kebab-case ASCII
   */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /**
   * Why, for people; never to be parsed.
   *
   * @return a text that may quote the proof
   */
  public String text() {
    return text;
  }

  /**
   * Where the offending member is.
   *
   * @return a JSON pointer (RFC 6901), where there is one
   */
  public Optional<String> pointer() {
    return Optional.ofNullable(pointer);
  }

  @Override
  public List<Check> checks() {
    return List.of(checks);
  }

  @Override
  public List<Caveat> caveats() {
    return List.of();
  }

  @Override
  public JsonObject toJson() {
    return ResultJson.of(this);
  }

  @Override
  public ValidProof orElseThrow() throws ProofRejectedException {
    throw new ProofRejectedException(this);
  }

  /** Reason and text, for logs and debuggers. */
  @Override
  public String toString() {
    return "Rejected[" + reason.code() + ": " + text + "]";
  }
}
