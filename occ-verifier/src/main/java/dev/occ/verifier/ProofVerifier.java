package dev.occ.verifier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import dev.occ.verifier.attestation.AttestationVerifier;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies proofs offline under an explicit policy, in the order of spec 11. Whatever the input is,
 * the answer is a {@link VerificationResult}, never an exception.
 *
 * <p>Immutable and safe for use by many threads at once; make one and keep it.
 */
@CheckReturnValue
public final class ProofVerifier {
  /** The attestation format of AWS Nitro enclaves (spec 12). */
  public static final String AWS_NITRO = "aws-nitro";

  private final List<VerificationStep> steps;
  private final VerificationPolicy policy;
  private final @Nullable TimestampVerifier timestampVerifier;

  private ProofVerifier(Builder builder) {
    policy = builder.policy;
    CryptoProvider crypto = builder.crypto == null ? CryptoProvider.automatic() : builder.crypto;
    List<VerificationStep> all = new ArrayList<>();
    all.add(new ArtifactStep());
    all.add(new SignatureStep(crypto));
    all.add(new SlotStep(policy));
    all.add(new AgencyStep(crypto));
    all.add(new EpochLinkStep());
    all.add(new AttestationStep(policy, builder.formats(crypto), builder.judgedAt));
    all.add(new PolicyStep(policy, builder.clock));
    if (!builder.requiredTimestamps.isEmpty()) {
      all.add(new TimestampStep(builder.requiredTimestamps));
    }
    steps = List.copyOf(all);
    timestampVerifier = builder.timestampVerifier;
  }

  /**
   * A verifier that trusts AWS's Nitro root for {@value #AWS_NITRO} attestations, and no other.
   *
   * @param policy what a proof must fulfil; there is no default one
   * @return the verifier
   */
  public static ProofVerifier create(VerificationPolicy policy) {
    return builder(policy).build();
  }

  /**
   * A builder for a verifier that trusts other roots, or has a clock of the caller's.
   *
   * @param policy what a proof must fulfil; there is no default one
   * @return a new builder
   */
  public static Builder builder(VerificationPolicy policy) {
    return new Builder(policy);
  }

  /**
   * Verifies a proof, and that it is about an artifact.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @param artifact what the proof should be about
   * @return {@link Verified} or {@link Rejected}
   */
  public VerificationResult verify(byte[] proofJson, ArtifactDigest artifact) {
    return read(() -> Proof.read(proofJson), Objects.requireNonNull(artifact, "artifact"));
  }

  /**
   * Verifies a proof that was read as JSON already, and that it is about an artifact.
   *
   * @param proofJson the proof's document
   * @param artifact what the proof should be about
   * @return {@link Verified} or {@link Rejected}
   */
  public VerificationResult verify(JsonObject proofJson, ArtifactDigest artifact) {
    return read(() -> Proof.of(proofJson), Objects.requireNonNull(artifact, "artifact"));
  }

  /**
   * Verifies a proof that was read already, and that it is about an artifact.
   *
   * @param proof the proof
   * @param artifact what the proof should be about
   * @return {@link Verified} or {@link Rejected}
   */
  public VerificationResult verify(Proof proof, ArtifactDigest artifact) {
    return run(proof, Objects.requireNonNull(artifact, "artifact"));
  }

  /**
   * Verifies a proof by itself. It may be about other bytes than the caller's: that takes {@link
   * #verify(byte[], ArtifactDigest)}.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @return {@link VerifiedProofOnly} or {@link Rejected}
   */
  public VerificationResult verifyProofOnly(byte[] proofJson) {
    return read(() -> Proof.read(proofJson), null);
  }

  /**
   * Verifies a proof by itself that was read as JSON already.
   *
   * @param proofJson the proof's document
   * @return {@link VerifiedProofOnly} or {@link Rejected}
   */
  public VerificationResult verifyProofOnly(JsonObject proofJson) {
    return read(() -> Proof.of(proofJson), null);
  }

  /**
   * Verifies a proof by itself that was read already.
   *
   * @param proof the proof
   * @return {@link VerifiedProofOnly} or {@link Rejected}
   */
  public VerificationResult verifyProofOnly(Proof proof) {
    return run(proof, null);
  }

  /** A proof that may turn out to be none. */
  @FunctionalInterface
  private interface Source {
    Proof read() throws JsonException;
  }

  /** Spec 11, step 1: structure. */
  private VerificationResult read(Source source, @Nullable ArtifactDigest artifact) {
    Proof proof;
    try {
      proof = source.read();
    } catch (JsonException e) {
      String text = Objects.requireNonNull(e.getMessage(), "a refusal has a message");
      StepOutcome outcome =
          StepOutcome.failed(Rejection.MALFORMED, text)
              .withDetail(e.reason().code())
              .at(e.pointer());
      Check check = new Check(Check.Step.STRUCTURE, Check.Outcome.FAILED, text);
      return new Rejected(Rejection.MALFORMED, outcome, List.of(check));
    }
    return run(proof, artifact);
  }

  private VerificationResult run(Proof proof, @Nullable ArtifactDigest artifact) {
    VerificationRun run = new VerificationRun(proof, artifact, timestampVerifier);
    run.checks()
        .add(
            new Check(
                Check.Step.STRUCTURE, Check.Outcome.PASSED, "strict JSON of a proof's structure"));
    if (proof.protocol() == ProtocolName.BITGRAPH) {
      run.historicalForms().add(HistoricalForm.BITGRAPH_NAME);
    }
    if (proof.commit().time().isPresent()) {
      run.historicalForms().add(HistoricalForm.TIME);
    }
    for (VerificationStep step : steps) {
      StepOutcome outcome = step.run(run);
      run.checks().add(new Check(step.name(), outcome.outcome(), outcome.text()));
      Optional<Rejection> rejection = outcome.rejection();
      if (rejection.isPresent()) {
        return new Rejected(rejection.get(), outcome, run.checks());
      }
    }
    return artifact == null ? new VerifiedProofOnly(run, policy) : new Verified(run, policy);
  }

  /** Collects what a verifier trusts. Not safe for use by several threads at once. */
  public static final class Builder {
    private final VerificationPolicy policy;
    private final Map<String, List<Bytes>> roots = new LinkedHashMap<>();
    private @Nullable Instant judgedAt;
    private @Nullable CryptoProvider crypto;
    private Clock clock = Clock.systemUTC();
    private @Nullable TimestampVerifier timestampVerifier;
    private final Set<StampedMember> requiredTimestamps = EnumSet.noneOf(StampedMember.class);

    private Builder(VerificationPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * Pins a root for attestations of one format. Roots given for {@value ProofVerifier#AWS_NITRO}
     * are trusted instead of AWS's own.
     *
     * @param format the format as proofs name it; its documents have the form of spec 12
     * @param certificate the root's DER form
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder trustRoot(String format, Bytes certificate) {
      Objects.requireNonNull(certificate, "certificate");
      roots
          .computeIfAbsent(Objects.requireNonNull(format, "format"), name -> new ArrayList<>())
          .add(certificate);
      return this;
    }

    /**
     * Judges certificates at one time, instead of each document's own.
     *
     * @param time when every certificate of an attestation must have been valid
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder judgeAttestationsAt(Instant time) {
      judgedAt = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Says who computes the signature checks of proofs, slots and attestations.
     *
     * @param provider {@link CryptoProvider#automatic()} if not called
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder crypto(CryptoProvider provider) {
      crypto = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Sets the clock, which is asked only if the policy limits the age of attestations.
     *
     * @param clock says what now is; the system's by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Verifies timestamps too. What is found is in {@link ValidProof#timestamps()}; a bad timestamp
     * makes no proof invalid, unless it is required. Without a verifier timestamps are reported as
     * members that nobody signed.
     *
     * @param verifier who knows the authorities' roots
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder timestampVerifier(TimestampVerifier verifier) {
      timestampVerifier = Objects.requireNonNull(verifier, "verifier");
      return this;
    }

    /**
     * Rejects proofs without this timestamp, or with one that does not verify. Needs a {@link
     * #timestampVerifier}.
     *
     * @param member what has to be stamped
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireTimestamp(StampedMember member) {
      requiredTimestamps.add(Objects.requireNonNull(member, "member"));
      return this;
    }

    /**
     * The verifier.
     *
     * @return an immutable verifier with a path cache of its own
     * @throws IllegalArgumentException if a pinned root is not a CA certificate with a P-384 key,
     *     or a timestamp is required without a verifier for it
     */
    public ProofVerifier build() {
      if (!requiredTimestamps.isEmpty() && timestampVerifier == null) {
        throw new IllegalArgumentException("a timestamp is required, but no root is pinned");
      }
      return new ProofVerifier(this);
    }

    private Map<String, ReportVerifier> formats(CryptoProvider provider) {
      Map<String, ReportVerifier> formats = new HashMap<>();
      if (!policy.has(Rule.SKIP_ATTESTATION)) { // reading AWS's root takes longer than a signature
        formats.put(AWS_NITRO, nitro(AWS_NITRO, AttestationVerifier.builder().awsRoot(), provider));
      }
      for (Map.Entry<String, List<Bytes>> pinned : roots.entrySet()) {
        AttestationVerifier.Builder verifier = AttestationVerifier.builder();
        pinned.getValue().forEach(verifier::root);
        formats.put(pinned.getKey(), nitro(pinned.getKey(), verifier, provider));
      }
      return formats;
    }

    private ReportVerifier nitro(
        String format, AttestationVerifier.Builder verifier, CryptoProvider provider) {
      if (policy.has(Rule.ALLOW_DEBUG_ENCLAVE)) {
        verifier.allowDebugEnclave();
      }
      return new NitroReportVerifier(format, verifier.crypto(provider).build());
    }
  }
}
