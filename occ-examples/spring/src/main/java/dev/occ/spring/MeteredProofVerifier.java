package dev.occ.spring;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/**
 * A {@link ProofVerifier} that counts its results: {@value #COUNTER} with the tags {@code outcome}
 * ({@code valid}, {@code rejected}) and {@code reason}, the code of the rejection or {@code none}.
 * Safe for use by many threads at once.
 */
@CheckReturnValue
public final class MeteredProofVerifier {
  /** The counter's name. */
  public static final String COUNTER = "occ.verifications";

  private final ProofVerifier verifier;
  private final MeterRegistry registry;

  /**
   * Counts what a verifier says.
   *
   * @param verifier who verifies
   * @param registry where the counters are
   */
  public MeteredProofVerifier(ProofVerifier verifier, MeterRegistry registry) {
    this.verifier = Objects.requireNonNull(verifier, "verifier");
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /**
   * Verifies a proof and the artifact that it is about, and counts the result.
   *
   * @param proofJson the proof, as it was received
   * @param artifact the artifact's digest
   * @return the result
   */
  public VerificationResult verify(byte[] proofJson, ArtifactDigest artifact) {
    VerificationResult result = verifier.verify(proofJson, artifact);
    boolean rejected = result instanceof Rejected;
    registry
        .counter(
            COUNTER,
            "outcome",
            rejected ? "rejected" : "valid",
            "reason",
            result instanceof Rejected refused ? refused.reason().code() : "none")
        .increment();
    return result;
  }
}
