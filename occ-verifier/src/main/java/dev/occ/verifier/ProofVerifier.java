package dev.occ.verifier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
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
  private final Optional<TimestampVerifier> timestampVerifier;

  private ProofVerifier(Builder builder) {
    VerificationPolicy policy = builder.policy;
    CryptoProvider crypto = builder.crypto.orElseGet(CryptoProvider::automatic);
    List<VerificationStep> all = new ArrayList<>();
    all.add(new ArtifactStep());
    all.add(new SignatureStep(crypto));
    all.add(new SlotStep(policy));
    all.add(new AgencyStep());
    all.add(new EpochLinkStep());
    all.add(new AttestationStep(policy, builder.attestationVerifiers(crypto), builder.judgedAt));
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
   * Verifies a proof by itself; the result says that no artifact was compared.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @return the claims or the reason
   */
  public VerificationResult verify(byte[] proofJson) {
    return read(proofJson, Optional.empty());
  }

  /**
   * Verifies a proof and that it is about an artifact.
   *
   * @param proofJson the proof's document, at most 1 MiB of UTF-8
   * @param artifact what the proof should be about
   * @return the claims or the reason
   */
  public VerificationResult verify(byte[] proofJson, ArtifactDigest artifact) {
    return read(proofJson, Optional.of(artifact));
  }

  /**
   * Verifies a proof that was read already; the result says that no artifact was compared.
   *
   * @param proof the proof
   * @return the claims or the reason
   */
  public VerificationResult verify(Proof proof) {
    return run(proof, Optional.empty());
  }

  /**
   * Verifies a proof that was read already, and that it is about an artifact.
   *
   * @param proof the proof
   * @param artifact what the proof should be about
   * @return the claims or the reason
   */
  public VerificationResult verify(Proof proof, ArtifactDigest artifact) {
    return run(proof, Optional.of(artifact));
  }

  /** Spec 11, step 1: structure. */
  private VerificationResult read(byte[] proofJson, Optional<ArtifactDigest> artifact) {
    Proof proof;
    try {
      proof = Proof.read(proofJson);
    } catch (JsonException e) {
      String text = Objects.requireNonNull(e.getMessage(), "a refusal has a message");
      Check check = new Check(Check.Step.STRUCTURE, Check.Outcome.FAILED, text);
      return new Rejected(
          Rejection.MALFORMED,
          Optional.of(e.reason().code()),
          text,
          Optional.of(e.pointer()),
          List.of(check));
    }
    return run(proof, artifact);
  }

  private VerificationResult run(Proof proof, Optional<ArtifactDigest> artifact) {
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
      if (outcome.rejection().isPresent()) {
        return new Rejected(
            outcome.rejection().get(),
            outcome.detail(),
            outcome.text(),
            outcome.pointer(),
            run.checks());
      }
    }
    return new Verified(run);
  }

  /** Collects what a verifier trusts. Not safe for use by several threads at once. */
  public static final class Builder {
    private final VerificationPolicy policy;
    private final Map<String, List<Bytes>> roots = new LinkedHashMap<>();
    private Optional<Instant> judgedAt = Optional.empty();
    private Optional<CryptoProvider> crypto = Optional.empty();
    private Clock clock = Clock.systemUTC();
    private Optional<TimestampVerifier> timestampVerifier = Optional.empty();
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
      judgedAt = Optional.of(time);
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
      crypto = Optional.of(provider);
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
     * Verifies time stamps too. What is found is in {@link Verified#timestamps()}; a bad time stamp
     * makes no proof invalid, unless it is required. Without a verifier time stamps are reported as
     * members that nobody signed.
     *
     * @param verifier who knows the authorities' roots
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder timestampVerifier(TimestampVerifier verifier) {
      timestampVerifier = Optional.of(verifier);
      return this;
    }

    /**
     * Rejects proofs without this time stamp, or with one that does not verify. Needs a {@link
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
     *     or a time stamp is required without a verifier for it
     */
    public ProofVerifier build() {
      if (!requiredTimestamps.isEmpty() && timestampVerifier.isEmpty()) {
        throw new IllegalArgumentException("a timestamp is required, but no root is pinned");
      }
      return new ProofVerifier(this);
    }

    private Map<String, AttestationVerifier> attestationVerifiers(CryptoProvider crypto) {
      Map<String, AttestationVerifier> verifiers = new HashMap<>();
      if (!policy.skipAttestation()) { // reading AWS's root takes longer than a signature
        verifiers.put(
            AWS_NITRO, attestationVerifier(AttestationVerifier.builder().awsRoot(), crypto));
      }
      for (Map.Entry<String, List<Bytes>> pinned : roots.entrySet()) {
        AttestationVerifier.Builder verifier = AttestationVerifier.builder();
        pinned.getValue().forEach(verifier::root);
        verifiers.put(pinned.getKey(), attestationVerifier(verifier, crypto));
      }
      return verifiers;
    }

    private AttestationVerifier attestationVerifier(
        AttestationVerifier.Builder verifier, CryptoProvider crypto) {
      if (policy.allowDebugEnclave()) {
        verifier.allowDebugEnclave();
      }
      return verifier.crypto(crypto).build();
    }
  }
}
