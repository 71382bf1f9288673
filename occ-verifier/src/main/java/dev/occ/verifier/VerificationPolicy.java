package dev.occ.verifier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.signer.EnforcementTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final Pattern PCR0 = Pattern.compile("[0-9a-f]{96}");

  private final Map<Rule<?>, Object> rules;

  private VerificationPolicy(Map<Rule<?>, Object> rules) {
    this.rules = Map.copyOf(rules);
  }

  /**
   * The policy for proofs of a measured enclave: tier {@code measured-tee}, a checked attestation,
   * a slot, and one of the given measurements.
   *
   * @param pcr0 the measurement to allow: PCR0 as 96 lower-case hex digits
   * @param morePcr0 further measurements to allow
   * @return the policy
   * @throws IllegalArgumentException if a measurement has another form
   */
  public static VerificationPolicy measuredTee(String pcr0, String... morePcr0) {
    List<String> measurements = new ArrayList<>();
    measurements.add(pcr0);
    measurements.addAll(List.of(morePcr0));
    return measuredTee(measurements);
  }

  /**
   * The policy for proofs of a measured enclave: tier {@code measured-tee}, a checked attestation,
   * a slot, and one of the given measurements.
   *
   * @param pcr0s the measurements to allow, at least one: PCR0 as 96 lower-case hex digits each
   * @return the policy
   * @throws IllegalArgumentException if there is none, or one of another form
   */
  public static VerificationPolicy measuredTee(Collection<String> pcr0s) {
    if (pcr0s.isEmpty()) {
      throw new IllegalArgumentException("measuredTee needs at least one PCR0 to allow");
    }
    for (String pcr0 : pcr0s) {
      if (!PCR0.matcher(pcr0).matches()) {
        throw new IllegalArgumentException(
            "a PCR0 has 96 lower-case hex digits, this one is: " + pcr0);
      }
    }
    return builder()
        .requireEnforcement(EnforcementTier.MEASURED_TEE)
        .requireAttestation()
        .requireSlot()
        .allowedMeasurements(pcr0s)
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
    return of(JsonValue.read(utf8));
  }

  /**
   * A policy from a document that was read already.
   *
   * @param document the names and values of {@link #read}
   * @return the policy
   * @throws JsonException if it is no object, has an unknown name or a value of a wrong type
   */
  public static VerificationPolicy of(JsonValue document) throws JsonException {
    JsonView view = JsonView.of(document);
    view.refuseMembersOtherThan(
        Rule.OF_DOCUMENTS.stream().map(Rule::name).collect(Collectors.toUnmodifiableSet()));
    Builder policy = builder();
    for (Rule<?> rule : Rule.OF_DOCUMENTS) {
      policy.read(rule, view);
    }
    return policy.build();
  }

  /**
   * The policy as a document that {@link #read} reads. Leniency ({@code historical}, {@code
   * allowDebugEnclave}, {@code skipAttestation}) is not part of it: whoever verifies says so.
   *
   * @return the document
   */
  public JsonObject toJson() {
    JsonObject.Builder document = JsonObject.builder();
    for (Rule<?> rule : Rule.OF_DOCUMENTS) {
      Object value = rules.get(rule);
      if (value != null) {
        rule.write(document, value);
      }
    }
    return document.build();
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

  /**
   * What every proof under this policy may lack: the limits of its verdicts that need no proof to
   * be known. {@link VerificationResult#caveats()} has those of one verdict.
   *
   * @return an unmodifiable list in a fixed order, empty if there is nothing to say
   */
  public List<Caveat> caveats() {
    return Caveats.of(this);
  }

  /** What the policy says about something; empty if it leaves it open. */
  <T> Optional<T> get(Rule<T> rule) {
    return Optional.ofNullable(rules.get(rule)).map(rule::cast);
  }

  /** Whether the policy says something about it. */
  boolean has(Rule<?> rule) {
    return rules.containsKey(rule);
  }

  /** Whether only a proof with a checked attestation can fulfil the policy. */
  boolean needsAttestation() {
    return has(Rule.REQUIRE_ATTESTATION)
        || has(Rule.REQUIRE_ATTESTATION_FORMAT)
        || has(Rule.MAX_ATTESTATION_AGE)
        || has(Rule.REQUIRE_PCRS);
  }

  /** The policy as its document. */
  @Override
  public String toString() {
    return toJson().toString();
  }

  /** Collects requirements. Not safe for use by several threads at once. */
  public static final class Builder {
    private final Map<Rule<?>, Object> rules = new HashMap<>();

    private Builder() {}

    private Builder(VerificationPolicy policy) {
      rules.putAll(policy.rules);
    }

    @CanIgnoreReturnValue
    private <T> Builder set(Rule<T> rule, T value) {
      rules.put(rule, Objects.requireNonNull(value, rule.name()));
      return this;
    }

    private <T> void read(Rule<T> rule, JsonView document) throws JsonException {
      rule.read(document).ifPresent(value -> set(rule, value));
    }

    /**
     * Allows only these measurements; for Nitro PCR0 as 96 lower-case hex digits.
     *
     * @param measurements what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedMeasurements(Collection<String> measurements) {
      return set(Rule.ALLOWED_MEASUREMENTS, Set.copyOf(measurements));
    }

    /**
     * Allows only these Ed25519 public keys, 32 bytes each.
     *
     * @param keys what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedPublicKeys(Collection<Bytes> keys) {
      return set(Rule.ALLOWED_PUBLIC_KEYS, Set.copyOf(keys));
    }

    /**
     * Allows only these epochs.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedEpochIds(Collection<String> ids) {
      return set(Rule.ALLOWED_EPOCH_IDS, Set.copyOf(ids));
    }

    /**
     * Allows only commits authorized by these keys, named by 64 lower-case hex digits.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedActorKeyIds(Collection<String> ids) {
      return set(Rule.ALLOWED_ACTOR_KEY_IDS, Set.copyOf(ids));
    }

    /**
     * Allows only commits authorized by WebAuthn at these origins, as {@code https://example.com}.
     * The authenticator signed the origin, and its relying party belongs to it.
     *
     * @param origins what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedOrigins(Collection<String> origins) {
      return set(Rule.ALLOWED_ORIGINS, Set.copyOf(origins));
    }

    /**
     * Allows only commits authorized by keys of these providers. The name proves nothing: the
     * requester chose it, or with an intent the actor. Only a key id is proven.
     *
     * @param providers what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedActorProviders(Collection<String> providers) {
      return set(Rule.ALLOWED_ACTOR_PROVIDERS, Set.copyOf(providers));
    }

    /**
     * Allows only proofs made on behalf of these principals, named by their ids. The id proves
     * nothing: the requester chose it, or with an intent the actor.
     *
     * @param ids what to allow; an empty collection allows nothing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowedPrincipals(Collection<String> ids) {
      return set(Rule.ALLOWED_PRINCIPALS, Set.copyOf(ids));
    }

    /**
     * Requires exactly this tier.
     *
     * @param tier what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireEnforcement(EnforcementTier tier) {
      return set(Rule.REQUIRE_ENFORCEMENT, tier);
    }

    /**
     * Requires a checked attestation of this format, {@code aws-nitro} for example.
     *
     * @param format what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireAttestationFormat(String format) {
      return set(Rule.REQUIRE_ATTESTATION_FORMAT, format);
    }

    /**
     * Requires a counter, and at least this one.
     *
     * @param counter what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder minCounter(Counter counter) {
      return set(Rule.MIN_COUNTER, counter);
    }

    /**
     * Requires a counter, and at most this one.
     *
     * @param counter what to require
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder maxCounter(Counter counter) {
      return set(Rule.MAX_COUNTER, counter);
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
      return set(Rule.MIN_TIME, Milliseconds.roundedUp(time));
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
      return set(Rule.MAX_TIME, Milliseconds.roundedDown(time));
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
      return set(Rule.REQUIRE_POLICY_DIGEST, digest);
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
      return set(Rule.MAX_ATTESTATION_AGE, Milliseconds.roundedDown(age));
    }

    /**
     * Requires an attestation that was checked.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireAttestation() {
      return set(Rule.REQUIRE_ATTESTATION, true);
    }

    /**
     * Requires an epoch id.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireEpochId() {
      return set(Rule.REQUIRE_EPOCH_ID, true);
    }

    /**
     * Requires the slot, signed before the digest was known.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireSlot() {
      return set(Rule.REQUIRE_SLOT, true);
    }

    /**
     * Requires a floor: the block after which the proof was made, as the signer fixed it with the
     * slot (spec 10). A proof with two floors has none. Whether the block exists is not required;
     * only a node can say.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireFloor() {
      return set(Rule.REQUIRE_FLOOR, true);
    }

    /**
     * Requires that somebody authorized the commit.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireActor() {
      return set(Rule.REQUIRE_ACTOR, true);
    }

    /**
     * Requires that somebody authorized the commit by an intent: the actor's own signature covers
     * epoch, chain, digests, actor, policy, principal and attribution (spec 9). Without it they are
     * the choice of the request's carrier.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder requireActorIntent() {
      return set(Rule.REQUIRE_ACTOR_INTENT, true);
    }

    /**
     * Accepts the historical forms of spec 8; the result names those it met.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder historical() {
      return set(Rule.HISTORICAL, true);
    }

    /**
     * Accepts attestations of debug enclaves, whose memory the parent can read.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowDebugEnclave() {
      return set(Rule.ALLOW_DEBUG_ENCLAVE, true);
    }

    /**
     * Leaves attestations unchecked: nothing about hardware is shown then.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder skipAttestation() {
      return set(Rule.SKIP_ATTESTATION, true);
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
      SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
      Object before = rules.get(Rule.REQUIRE_PCRS);
      if (before != null) {
        pcrs.putAll(Rule.REQUIRE_PCRS.cast(before));
      }
      pcrs.put(Rule.pcrIndex(index), Rule.pcrValue(value));
      return set(Rule.REQUIRE_PCRS, Collections.unmodifiableSortedMap(pcrs));
    }

    /**
     * The policy.
     *
     * @return an immutable value
     */
    public VerificationPolicy build() {
      return new VerificationPolicy(rules);
    }
  }
}
