package dev.occ.verifier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.signer.EnforcementTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a proof must fulfil besides being intact (spec 11, "Policy"). Immutable.
 *
 * <p>There is no default policy. {@link #measuredTee} is for proofs of an attested enclave, {@link
 * #integrityOnly} for those who only ask whether a proof is intact, the builder and {@link #read}
 * for everything else. What the builder is not told is not required, but an attestation that is
 * present is checked unless {@link Builder#skipAttestation} is set. An empty allow-list allows
 * nothing.
 */
@CheckReturnValue
public final class VerificationPolicy {
  private final Optional<Set<String>> allowedMeasurements;
  private final Optional<Set<Bytes>> allowedPublicKeys;
  private final Optional<Set<String>> allowedEpochIds;
  private final Optional<Set<String>> allowedActorKeyIds;
  private final Optional<Set<String>> allowedActorProviders;
  private final Optional<Set<String>> allowedPrincipals;
  private final Optional<EnforcementTier> requireEnforcement;
  private final Optional<String> requireAttestationFormat;
  private final Optional<Counter> minCounter;
  private final Optional<Counter> maxCounter;
  private final Optional<Instant> minTime;
  private final Optional<Instant> maxTime;
  private final Optional<Bytes> requirePolicyDigest;
  private final Optional<Duration> maxAttestationAge;
  private final boolean requireAttestation;
  private final boolean requireEpochId;
  private final boolean requireSlot;
  private final boolean requireActor;
  private final boolean historical;
  private final boolean allowDebugEnclave;
  private final boolean skipAttestation;
  private final Map<Integer, Bytes> requirePcrs;

  private VerificationPolicy(Builder builder) {
    allowedMeasurements = builder.allowedMeasurements;
    allowedPublicKeys = builder.allowedPublicKeys;
    allowedEpochIds = builder.allowedEpochIds;
    allowedActorKeyIds = builder.allowedActorKeyIds;
    allowedActorProviders = builder.allowedActorProviders;
    allowedPrincipals = builder.allowedPrincipals;
    requireEnforcement = builder.requireEnforcement;
    requireAttestationFormat = builder.requireAttestationFormat;
    minCounter = builder.minCounter;
    maxCounter = builder.maxCounter;
    minTime = builder.minTime;
    maxTime = builder.maxTime;
    requirePolicyDigest = builder.requirePolicyDigest;
    maxAttestationAge = builder.maxAttestationAge;
    requireAttestation = builder.requireAttestation;
    requireEpochId = builder.requireEpochId;
    requireSlot = builder.requireSlot;
    requireActor = builder.requireActor;
    historical = builder.historical;
    allowDebugEnclave = builder.allowDebugEnclave;
    skipAttestation = builder.skipAttestation;
    requirePcrs = Map.copyOf(builder.requirePcrs);
  }

  /**
   * The policy for proofs of a measured enclave: tier {@code measured-tee}, a checked attestation,
   * a slot, and one of the given measurements.
   *
   * @param pcr0 the measurement to allow, for Nitro PCR0 as 96 lower-case hex digits
   * @param morePcr0 further measurements to allow
   * @return the policy
   */
  public static VerificationPolicy measuredTee(String pcr0, String... morePcr0) {
    Set<String> measurements = new LinkedHashSet<>();
    measurements.add(pcr0);
    measurements.addAll(List.of(morePcr0));
    return builder()
        .requireEnforcement(EnforcementTier.MEASURED_TEE)
        .requireAttestation()
        .requireSlot()
        .allowedMeasurements(measurements)
        .build();
  }

  /**
   * The policy that asks only whether a proof is intact: signature, slot, artifact. Its results say
   * that nothing about hardware was shown.
   *
   * @return the policy
   */
  public static VerificationPolicy integrityOnly() {
    return builder().skipAttestation().build();
  }

  /**
   * Reads a policy document: a JSON object with the names of spec 11, and {@code requirePcrs}.
   *
   * @param utf8 the document, at most 1 MiB
   * @return the policy
   * @throws JsonException if it is not strict JSON, has an unknown name or a value of a wrong type
   */
  public static VerificationPolicy read(byte[] utf8) throws JsonException {
    return PolicyJson.read(utf8);
  }

  /**
   * The policy as a document that {@link #read} reads. Leniency ({@code historical}, {@code
   * allowDebugEnclave}, {@code skipAttestation}) is not part of it: whoever verifies says so.
   *
   * @return the document
   */
  public JsonObject toJson() {
    return PolicyJson.write(this);
  }

  /**
   * A builder that requires nothing yet.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that starts with this policy.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  Optional<Set<String>> allowedMeasurements() {
    return allowedMeasurements;
  }

  Optional<Set<Bytes>> allowedPublicKeys() {
    return allowedPublicKeys;
  }

  Optional<Set<String>> allowedEpochIds() {
    return allowedEpochIds;
  }

  Optional<Set<String>> allowedActorKeyIds() {
    return allowedActorKeyIds;
  }

  Optional<Set<String>> allowedActorProviders() {
    return allowedActorProviders;
  }

  Optional<Set<String>> allowedPrincipals() {
    return allowedPrincipals;
  }

  Optional<EnforcementTier> requireEnforcement() {
    return requireEnforcement;
  }

  Optional<String> requireAttestationFormat() {
    return requireAttestationFormat;
  }

  Optional<Counter> minCounter() {
    return minCounter;
  }

  Optional<Counter> maxCounter() {
    return maxCounter;
  }

  Optional<Instant> minTime() {
    return minTime;
  }

  Optional<Instant> maxTime() {
    return maxTime;
  }

  Optional<Bytes> requirePolicyDigest() {
    return requirePolicyDigest;
  }

  Optional<Duration> maxAttestationAge() {
    return maxAttestationAge;
  }

  boolean requireAttestation() {
    return requireAttestation;
  }

  boolean requireEpochId() {
    return requireEpochId;
  }

  boolean requireSlot() {
    return requireSlot;
  }

  boolean requireActor() {
    return requireActor;
  }

  boolean historical() {
    return historical;
  }

  boolean allowDebugEnclave() {
    return allowDebugEnclave;
  }

  boolean skipAttestation() {
    return skipAttestation;
  }

  Map<Integer, Bytes> requirePcrs() {
    return requirePcrs;
  }

  /** The policy as its document. */
  @Override
  public String toString() {
    return toJson().toString();
  }

  /** Collects requirements. Not safe for use by several threads at once. */
  public static final class Builder {
    private Optional<Set<String>> allowedMeasurements = Optional.empty();
    private Optional<Set<Bytes>> allowedPublicKeys = Optional.empty();
    private Optional<Set<String>> allowedEpochIds = Optional.empty();
    private Optional<Set<String>> allowedActorKeyIds = Optional.empty();
    private Optional<Set<String>> allowedActorProviders = Optional.empty();
    private Optional<Set<String>> allowedPrincipals = Optional.empty();
    private Optional<EnforcementTier> requireEnforcement = Optional.empty();
    private Optional<String> requireAttestationFormat = Optional.empty();
    private Optional<Counter> minCounter = Optional.empty();
    private Optional<Counter> maxCounter = Optional.empty();
    private Optional<Instant> minTime = Optional.empty();
    private Optional<Instant> maxTime = Optional.empty();
    private Optional<Bytes> requirePolicyDigest = Optional.empty();
    private Optional<Duration> maxAttestationAge = Optional.empty();
    private boolean requireAttestation;
    private boolean requireEpochId;
    private boolean requireSlot;
    private boolean requireActor;
    private boolean historical;
    private boolean allowDebugEnclave;
    private boolean skipAttestation;
    private final Map<Integer, Bytes> requirePcrs = new LinkedHashMap<>();

    private Builder() {}

    private Builder(VerificationPolicy policy) {
      allowedMeasurements = policy.allowedMeasurements;
      allowedPublicKeys = policy.allowedPublicKeys;
      allowedEpochIds = policy.allowedEpochIds;
      allowedActorKeyIds = policy.allowedActorKeyIds;
      allowedActorProviders = policy.allowedActorProviders;
      allowedPrincipals = policy.allowedPrincipals;
      requireEnforcement = policy.requireEnforcement;
      requireAttestationFormat = policy.requireAttestationFormat;
      minCounter = policy.minCounter;
      maxCounter = policy.maxCounter;
      minTime = policy.minTime;
      maxTime = policy.maxTime;
      requirePolicyDigest = policy.requirePolicyDigest;
      maxAttestationAge = policy.maxAttestationAge;
      requireAttestation = policy.requireAttestation;
      requireEpochId = policy.requireEpochId;
      requireSlot = policy.requireSlot;
      requireActor = policy.requireActor;
      historical = policy.historical;
      allowDebugEnclave = policy.allowDebugEnclave;
      skipAttestation = policy.skipAttestation;
      requirePcrs.putAll(policy.requirePcrs);
    }

    /**
     * Allows only these measurements; for Nitro PCR0 as 96 lower-case hex digits.
     *
     * @param measurements what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedMeasurements(Collection<String> measurements) {
      allowedMeasurements = Optional.of(Set.copyOf(measurements));
      return this;
    }

    /**
     * Allows only these Ed25519 public keys, 32 bytes each.
     *
     * @param keys what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedPublicKeys(Collection<Bytes> keys) {
      allowedPublicKeys = Optional.of(Set.copyOf(keys));
      return this;
    }

    /**
     * Allows only these epochs.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedEpochIds(Collection<String> ids) {
      allowedEpochIds = Optional.of(Set.copyOf(ids));
      return this;
    }

    /**
     * Allows only commits authorised by these keys, named by 64 lower-case hex digits.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedActorKeyIds(Collection<String> ids) {
      allowedActorKeyIds = Optional.of(Set.copyOf(ids));
      return this;
    }

    /**
     * Allows only commits authorised by keys of these providers.
     *
     * @param providers what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedActorProviders(Collection<String> providers) {
      allowedActorProviders = Optional.of(Set.copyOf(providers));
      return this;
    }

    /**
     * Allows only proofs made on behalf of these principals, named by their ids.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedPrincipals(Collection<String> ids) {
      allowedPrincipals = Optional.of(Set.copyOf(ids));
      return this;
    }

    /**
     * Requires exactly this tier.
     *
     * @param tier what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireEnforcement(EnforcementTier tier) {
      requireEnforcement = Optional.of(tier);
      return this;
    }

    /**
     * Requires a checked attestation of this format, {@code aws-nitro} for example.
     *
     * @param format what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireAttestationFormat(String format) {
      requireAttestationFormat = Optional.of(format);
      return this;
    }

    /**
     * Requires a counter, and at least this one.
     *
     * @param counter what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder minCounter(Counter counter) {
      minCounter = Optional.of(counter);
      return this;
    }

    /**
     * Requires a counter, and at most this one.
     *
     * @param counter what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder maxCounter(Counter counter) {
      maxCounter = Optional.of(counter);
      return this;
    }

    /**
     * Requires a time, and none before this one: the attestation's if it was checked, and {@code
     * commit.time}.
     *
     * @param time what to require, rounded up to a millisecond, as times in proofs are
     * @return this builder
     * @throws IllegalArgumentException if it is before 1970, or over 2^53-1 ms after
     */
    @CanIgnoreReturnValue
    public Builder minTime(Instant time) {
      minTime = Optional.of(Milliseconds.roundedUp(time));
      return this;
    }

    /**
     * Requires a time, and none after this one: the attestation's if it was checked, and {@code
     * commit.time}.
     *
     * @param time what to require, rounded down to a millisecond, as times in proofs are
     * @return this builder
     * @throws IllegalArgumentException if it is before 1970, or over 2^53-1 ms after
     */
    @CanIgnoreReturnValue
    public Builder maxTime(Instant time) {
      maxTime = Optional.of(Milliseconds.roundedDown(time));
      return this;
    }

    /**
     * Requires that the proof is bound to the policy document with this SHA-256 digest, 32 bytes.
     *
     * @param digest what to require
     * @return this builder
     * @throws IllegalArgumentException if it is of another length
     */
    @CanIgnoreReturnValue
    public Builder requirePolicyDigest(Bytes digest) {
      if (digest.size() != 32) {
        throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
      }
      requirePolicyDigest = Optional.of(digest);
      return this;
    }

    /**
     * Requires a checked attestation that is at most this old by the verifier's clock.
     *
     * @param age what to require, rounded down to a millisecond
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or over 2^53-1 ms
     */
    @CanIgnoreReturnValue
    public Builder maxAttestationAge(Duration age) {
      maxAttestationAge = Optional.of(Milliseconds.roundedDown(age));
      return this;
    }

    /**
     * Requires an attestation that was checked.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireAttestation() {
      requireAttestation = true;
      return this;
    }

    /**
     * Requires an epoch id.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireEpochId() {
      requireEpochId = true;
      return this;
    }

    /**
     * Requires the slot, signed before the digest was known.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireSlot() {
      requireSlot = true;
      return this;
    }

    /**
     * Requires that somebody authorised the commit.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireActor() {
      requireActor = true;
      return this;
    }

    /**
     * Accepts the historical forms of spec 8; the result names those it met.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder historical() {
      historical = true;
      return this;
    }

    /**
     * Accepts attestations of debug enclaves, whose memory the parent can read.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowDebugEnclave() {
      allowDebugEnclave = true;
      return this;
    }

    /**
     * Leaves attestations unchecked: nothing about hardware is shown then.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder skipAttestation() {
      skipAttestation = true;
      return this;
    }

    /**
     * Requires a checked attestation with this value of a platform configuration register; PCR0 is
     * the measurement and has its own list.
     *
     * @param index which register, 1 to 31
     * @param value its value: 32, 48 or 64 bytes
     * @return this builder
     * @throws IllegalArgumentException if index or length are others
     */
    @CanIgnoreReturnValue
    public Builder requirePcr(int index, Bytes value) {
      if (index < 1 || index > 31) {
        throw new IllegalArgumentException("a PCR to pin has an index from 1 to 31");
      }
      if (!Set.of(32, 48, 64).contains(value.size())) {
        throw new IllegalArgumentException("a PCR has 32, 48 or 64 bytes");
      }
      requirePcrs.put(index, Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The policy.
     *
     * @return an immutable value
     */
    public VerificationPolicy build() {
      return new VerificationPolicy(this);
    }
  }
}
