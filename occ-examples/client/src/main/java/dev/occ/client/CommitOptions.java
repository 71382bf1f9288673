package dev.occ.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Intent;
import dev.occ.anchor.AnchorClaim;
import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What else goes into every proof of a commit (spec 3). The client checks that it did. Immutable.
 */
@CheckReturnValue
public final class CommitOptions {
  /** The default chain, and nothing else. */
  public static final CommitOptions NONE = builder().build();

  private final String chainId;
  private final Optional<JsonObject> attribution;
  private final Optional<JsonObject> policy;
  private final Optional<JsonObject> principal;
  private final Optional<JsonObject> metadata;
  private final Optional<JsonObject> agency;
  private final Optional<AnchorClaim> anchor;

  private CommitOptions(Builder builder) {
    chainId = builder.chainId;
    attribution = builder.attribution;
    policy = builder.policy;
    principal = builder.principal;
    metadata = builder.metadata;
    agency = builder.agency;
    anchor = builder.anchor;
  }

  /**
   * A builder.
   *
   * @return a builder with the default chain and nothing else
   */
  public static Builder builder() {
    return new Builder();
  }

  String chainId() {
    return chainId;
  }

  Optional<JsonObject> attribution() {
    return attribution;
  }

  Optional<JsonObject> policy() {
    return policy;
  }

  Optional<JsonObject> principal() {
    return principal;
  }

  Optional<JsonObject> metadata() {
    return metadata;
  }

  Optional<JsonObject> agency() {
    return agency;
  }

  Optional<AnchorClaim> anchor() {
    return anchor;
  }

  /**
   * What an actor authorizes who signs for a commit with these options (spec 9).
   *
   * @param epochId the epoch that is to make the proofs, as {@link OccClient#key} names it
   * @param actor the {@code agency.actor} of the commit
   * @param digests the digests of the commit, at least one, 32 bytes each
   * @return the intent
   * @throws IllegalArgumentException if there is no digest, or one of another length
   */
  public Intent intent(String epochId, JsonObject actor, List<Bytes> digests) {
    return Intent.builder(epochId, actor, digests)
        .chain(chainId)
        .policy(policy.orElse(JsonObject.empty()))
        .principal(principal.orElse(JsonObject.empty()))
        .attribution(attribution.orElse(JsonObject.empty()))
        .build();
  }

  /** The same, authorized. */
  CommitOptions withAgency(JsonObject json) {
    Builder builder = new Builder();
    builder.chainId = chainId;
    builder.attribution = attribution;
    builder.policy = policy;
    builder.principal = principal;
    builder.metadata = metadata;
    builder.anchor = anchor;
    return builder.agency(json).build();
  }

  /** The members of the request besides the digests (spec 14). */
  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    if (!chainId.equals(Commit.DEFAULT_CHAIN)) {
      json.put("chainId", chainId);
    }
    return json.putIfPresent("metadata", metadata)
        .putIfPresent("agency", agency)
        .putIfPresent("attribution", attribution)
        .putIfPresent("policy", policy)
        .putIfPresent("principal", principal)
        .putIfPresent("anchor", anchor.map(AnchorClaim::toJson))
        .build();
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private String chainId = Commit.DEFAULT_CHAIN;
    private Optional<JsonObject> attribution = Optional.empty();
    private Optional<JsonObject> policy = Optional.empty();
    private Optional<JsonObject> principal = Optional.empty();
    private Optional<JsonObject> metadata = Optional.empty();
    private Optional<JsonObject> agency = Optional.empty();
    private Optional<AnchorClaim> anchor = Optional.empty();

    private Builder() {}

    /**
     * Sets the chain.
     *
     * @param id not empty
     * @return this builder
     * @throws IllegalArgumentException if it is empty
     */
    @CanIgnoreReturnValue
    public Builder chainId(String id) {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("a chain has a name");
      }
      chainId = id;
      return this;
    }

    /**
     * Sets what is said about the artifacts; signed.
     *
     * @param what the attribution
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder attribution(Attribution what) {
      attribution = Optional.of(what.toJson());
      return this;
    }

    /**
     * Sets the policy document that governs the commits; signed.
     *
     * @param binding the document's digest and name
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder policy(PolicyBinding binding) {
      policy = Optional.of(binding.toJson());
      return this;
    }

    /**
     * Sets on whose behalf the commits are; signed.
     *
     * @param who the principal
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder principal(Principal who) {
      principal = Optional.of(who.toJson());
      return this;
    }

    /**
     * Sets advisory data; not signed.
     *
     * @param json any object
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder metadata(JsonObject json) {
      metadata = Optional.of(Objects.requireNonNull(json, "metadata"));
      return this;
    }

    /**
     * Sets who authorized the commits (spec 9). Passed on as it is; such a commit is one request,
     * whose answer must fit ({@link OccClient#commit(java.util.List, CommitOptions)}). Without an
     * intent in it the actor's signature does not cover the other options: {@link
     * OccClient#commitAuthorized} makes one.
     *
     * @param json the {@code agency} member
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder agency(JsonObject json) {
      agency = Optional.of(Objects.requireNonNull(json, "agency"));
      return this;
    }

    /**
     * Makes the commit an anchor (spec 10), of one digest: {@link
     * dev.occ.proof.AnchoredBlock#digest}, with {@link dev.occ.proof.AnchoredBlock#attribution}.
     * The API key needs the right to anchor, and the claim is for the enclave's epoch of now, which
     * {@link OccClient#key} tells.
     *
     * @param claim signed with the anchor key
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder anchor(AnchorClaim claim) {
      anchor = Optional.of(claim);
      return this;
    }

    /**
     * The options.
     *
     * @return options that later calls on this builder do not change
     */
    public CommitOptions build() {
      return new CommitOptions(this);
    }
  }
}
