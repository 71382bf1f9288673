package dev.occ.client;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A server did not do what it was asked, or what it sent is not what was asked for. Programs decide
 * by {@link #reason()}. No message holds the API key.
 */
@CheckReturnValue
public final class OccClientException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a request failed. New reasons are only ever added at the end. */
  public enum Reason {
    /** Nobody answers at the address; nothing was sent. */
    UNREACHABLE,
    /** No secure connection could be made; nothing was sent. */
    TLS,
    /** The time for the request ran out. */
    TIMEOUT,
    /** The connection broke after the request was, or may have been, sent. */
    CONNECTION_LOST,
    /** The thread was interrupted; it still is. */
    INTERRUPTED,
    /** The server wants another API key, or one at all (401, 403). */
    UNAUTHORIZED,
    /** The server did not take the request (another 4xx); {@link #code()} says why. */
    REFUSED,
    /** The server had too many requests of this client (429), also after the repetitions. */
    RATE_LIMITED,
    /** The server or its enclave cannot do it now (503), also after the repetitions. */
    UNAVAILABLE,
    /** The server failed (another 5xx). */
    SERVER_ERROR,
    /** The server answered with a redirect, which is never followed, or another odd status. */
    UNEXPECTED_STATUS,
    /** The answer is longer than this client reads. */
    RESPONSE_TOO_LARGE,
    /** The answer is not strict JSON of the expected form. */
    MALFORMED_RESPONSE,
    /** There are more or fewer proofs than digests. */
    PROOF_COUNT,
    /** A proof is of another digest than asked for at its place. */
    PROOF_DIGEST,
    /** The verifier rejected a proof; {@link #code()} has its reason. */
    PROOF_REJECTED,
    /** A proof carries no slot. */
    PROOF_SLOT_MISSING,
    /** Two proofs of one request consumed the same slot. */
    PROOF_REPEATED,
    /** A proof is on another chain than asked for. */
    PROOF_CHAIN,
    /** A proof has another attribution than asked for, none, or one that was not asked for. */
    PROOF_ATTRIBUTION,
    /** A proof has another policy than asked for, none, or one that was not asked for. */
    PROOF_POLICY,
    /** A proof has another principal than asked for, none, or one that was not asked for. */
    PROOF_PRINCIPAL,
    /** A proof has another actor or authorization than asked for, or one not asked for. */
    PROOF_AGENCY,
    /** A proof lacks the metadata that were asked for, or has others. */
    PROOF_METADATA,
    /** A proof's {@code proofHash} is not its hash. */
    PROOF_HASH,
    /** A proof anchors another block than asked for, none, or one that was not asked for. */
    PROOF_ANCHOR,
    /**
     * The challenge does not commit to what the actor was to authorize; the actor was not asked,
     * and nothing was committed.
     */
    INTENT_MISMATCH;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The reason in reports.
     *
     * @return stable kebab-case ASCII, as {@code connection-lost}
     */
    @CheckReturnValue
    public String code() {
      return code;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /** Whether the request may have been carried out; part of the serialized form. */
  private final boolean mayHaveTakenEffect;

  /** The HTTP status, 0 without one; part of the serialized form. */
  private final int status;

  /** The code of the server's answer or of the verifier; part of the serialized form. */
  private final @Nullable String code;

  /** What the server asked for; part of the serialized form. */
  private final @Nullable Duration retryAfter;

  private final transient List<Proof> proofs;
  private final transient @Nullable JsonValue offending;

  private OccClientException(Builder builder) {
    super(builder.message, builder.cause);
    reason = builder.reason;
    mayHaveTakenEffect = builder.mayHaveTakenEffect;
    status = builder.status;
    code = builder.code;
    retryAfter = builder.retryAfter;
    proofs = builder.proofs;
    offending = builder.offending;
  }

  static Builder because(Reason reason, String message) {
    return new Builder(reason, message);
  }

  /** The same with the proofs that were found to be good before. */
  OccClientException after(List<Proof> earlier) {
    return after(earlier, false);
  }

  /**
   * The same with what other requests of the same call had done before: a failure that had no
   * effect itself does not take back theirs.
   *
   * @param earlier the proofs that they made
   * @param openOutcome whether they may have made others
   */
  OccClientException after(List<Proof> earlier, boolean openOutcome) {
    Builder builder = new Builder(reason, Objects.requireNonNull(getMessage(), "message"));
    builder.cause = getCause();
    builder.mayHaveTakenEffect = mayHaveTakenEffect || openOutcome;
    builder.status = status;
    builder.code = code;
    builder.retryAfter = retryAfter;
    builder.offending = offending;
    OccClientException same = builder.proofs(earlier).build();
    same.setStackTrace(getStackTrace());
    return same;
  }

  /**
   * Why the request failed.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Whether the server may have carried the request out although no usable result came back: after
   * a commit, proofs may exist that nobody has. Committing the digests again does no harm to what
   * is true; it makes second proofs. It holds for the whole call: true also if the last of several
   * requests certainly had no effect, but an earlier one was broken off.
   *
   * @return false if it certainly did not
   */
  public boolean mayHaveTakenEffect() {
    return mayHaveTakenEffect;
  }

  /**
   * The status of the server's answer.
   *
   * @return empty if no answer came, or the answer's content is what is wrong
   */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * What the reason's own code is, from outside: the {@code code} of the server's error answer, or
   * the verifier's reason for {@link Reason#PROOF_REJECTED}.
   *
   * @return empty if there is none
   */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /**
   * How long the server asks to wait before the next request ({@code Retry-After}), counted from
   * its answer.
   *
   * @return not negative; empty if it does not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * The proofs that were made, received and found to be as asked before the failure: those of the
   * first digests, in order. Not kept when the exception is serialized.
   *
   * @return an unmodifiable list, empty for everything but a commit
   */
  public List<Proof> proofs() {
    return proofs == null ? List.of() : proofs; // null after deserialization
  }

  /**
   * What is not as asked, for diagnosis only: never take it for a proof. Not kept when the
   * exception is serialized.
   *
   * @return empty unless one proof of an answer is at fault
   */
  public Optional<JsonValue> offending() {
    return Optional.ofNullable(offending);
  }

  /** Collects what is known about a failure. */
  static final class Builder {
    private final Reason reason;
    private final String message;
    private @Nullable Throwable cause;
    private boolean mayHaveTakenEffect;
    private int status;
    private @Nullable String code;
    private @Nullable Duration retryAfter;
    private List<Proof> proofs = List.of();
    private @Nullable JsonValue offending;

    private Builder(Reason reason, String message) {
      this.reason = Objects.requireNonNull(reason, "reason");
      this.message = message;
    }

    Builder cause(Throwable because) {
      cause = because;
      return this;
    }

    Builder mayHaveTakenEffect(boolean may) {
      mayHaveTakenEffect = may;
      return this;
    }

    Builder status(int httpStatus) {
      status = httpStatus;
      return this;
    }

    Builder code(Optional<String> ofOthers) {
      code = ofOthers.orElse(null);
      return this;
    }

    Builder retryAfter(Optional<Duration> asked) {
      retryAfter = asked.orElse(null);
      return this;
    }

    Builder proofs(List<Proof> made) {
      proofs = List.copyOf(made);
      return this;
    }

    Builder offending(JsonValue json) {
      offending = json;
      return this;
    }

    OccClientException build() {
      return new OccClientException(this);
    }
  }
}
