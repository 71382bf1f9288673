package dev.occ.epoch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.anchor.AnchorClaim;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.Agency;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import java.util.Objects;
import java.util.Optional;

/** What to bind to a slot: the artifact's digest, and what else goes into the proof. Immutable. */
@CheckReturnValue
public final class CommitRequest {
  private static final int DIGEST_LENGTH = 32;

  private final String slotId;
  private final Bytes digest;
  private final Optional<JsonObject> policy;
  private final Optional<JsonObject> principal;
  private final Optional<JsonObject> attribution;
  private final Optional<JsonObject> metadata;
  private final Optional<Agency> agency;
  private final Optional<AnchorClaim> anchor;

  private CommitRequest(Builder builder) {
    slotId = builder.slotId;
    digest = builder.digest;
    policy = builder.policy;
    principal = builder.principal;
    attribution = builder.attribution;
    metadata = builder.metadata;
    agency = builder.agency;
    anchor = builder.anchor;
  }

  /**
   * A request that binds a digest and nothing else.
   *
   * @param slotId the slot to consume
   * @param digest the artifact's SHA-256 digest, 32 bytes
   * @return the request
   * @throws IllegalArgumentException if the digest is of another length
   */
  public static CommitRequest of(String slotId, Bytes digest) {
    return builder(slotId, digest).build();
  }

  /**
   * A builder for a request.
   *
   * @param slotId the slot to consume
   * @param digest the artifact's SHA-256 digest, 32 bytes
   * @return a new builder
   * @throws IllegalArgumentException if the digest is of another length
   */
  public static Builder builder(String slotId, Bytes digest) {
    return new Builder(slotId, digest);
  }

  /**
   * The slot to consume.
   *
   * @return the slot's id
   */
  public String slotId() {
    return slotId;
  }

  /**
   * The artifact's digest.
   *
   * @return 32 bytes
   */
  public Bytes digest() {
    return digest;
  }

  /**
   * The policy document that the proof is to be bound to.
   *
   * @return the proof's {@code policy} member as it was given
   */
  public Optional<JsonObject> policy() {
    return policy;
  }

  /**
   * On whose behalf the proof is to be made.
   *
   * @return the proof's {@code principal} member as it was given
   */
  public Optional<JsonObject> principal() {
    return principal;
  }

  /**
   * What the proof is to say about the artifact.
   *
   * @return the proof's {@code attribution} member as it was given
   */
  public Optional<JsonObject> attribution() {
    return attribution;
  }

  /**
   * Advisory data that goes into the proof unsigned.
   *
   * @return the proof's {@code metadata} member as it was given
   */
  public Optional<JsonObject> metadata() {
    return metadata;
  }

  /**
   * Who authorizes the commit.
   *
   * @return the proof's {@code agency} member as it was given
   */
  public Optional<Agency> agency() {
    return agency;
  }

  /**
   * Which block the proof is to anchor its chain with.
   *
   * @return the claim as it was given
   */
  public Optional<AnchorClaim> anchor() {
    return anchor;
  }

  /** Collects the parts of a request. Not safe for use by several threads at once. */
  public static final class Builder {
    private final String slotId;
    private final Bytes digest;
    private Optional<JsonObject> policy = Optional.empty();
    private Optional<JsonObject> principal = Optional.empty();
    private Optional<JsonObject> attribution = Optional.empty();
    private Optional<JsonObject> metadata = Optional.empty();
    private Optional<Agency> agency = Optional.empty();
    private Optional<AnchorClaim> anchor = Optional.empty();

    private Builder(String slotId, Bytes digest) {
      this.slotId = Objects.requireNonNull(slotId, "slotId");
      this.digest = digest;
      if (digest.size() != DIGEST_LENGTH) {
        throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.size());
      }
    }

    /**
     * Binds a policy document; signed.
     *
     * @param binding the document's digest, name and version
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder policy(PolicyBinding binding) {
      policy = Optional.of(binding.toJson());
      return this;
    }

    /**
     * Binds a policy document, with members that the specification does not name kept; signed.
     *
     * @param json a proof's {@code policy} member
     * @return this builder
     * @throws JsonException if it is not of that structure
     */
    @CanIgnoreReturnValue
    public Builder policy(JsonObject json) throws JsonException {
      Objects.requireNonNull(PolicyBinding.read(json));
      policy = Optional.of(json);
      return this;
    }

    /**
     * Names on whose behalf the proof is made; signed.
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
     * Names on whose behalf the proof is made, unknown members kept; signed.
     *
     * @param json a proof's {@code principal} member
     * @return this builder
     * @throws JsonException if it is not of that structure
     */
    @CanIgnoreReturnValue
    public Builder principal(JsonObject json) throws JsonException {
      Objects.requireNonNull(Principal.read(json));
      principal = Optional.of(json);
      return this;
    }

    /**
     * Says something about the artifact; signed.
     *
     * @param what name, title or message
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder attribution(Attribution what) {
      attribution = Optional.of(what.toJson());
      return this;
    }

    /**
     * Says something about the artifact, unknown members kept; signed.
     *
     * @param json a proof's {@code attribution} member
     * @return this builder
     * @throws JsonException if it is not of that structure
     */
    @CanIgnoreReturnValue
    public Builder attribution(JsonObject json) throws JsonException {
      Objects.requireNonNull(Attribution.read(json));
      attribution = Optional.of(json);
      return this;
    }

    /**
     * Adds advisory data that is <em>not</em> signed.
     *
     * @param json any object
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder metadata(JsonObject json) {
      metadata = Optional.of(json);
      return this;
    }

    /**
     * Says who authorizes the commit, with the authorization over a challenge of the epoch's (spec
     * 9). The epoch checks it; the actor is signed, the authorization stands beside it.
     *
     * @param who actor and authorization
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder agency(Agency who) {
      agency = Optional.of(who);
      return this;
    }

    /**
     * Makes the proof an anchor (spec 10). The epoch checks the claim, and writes its block into
     * the signed commit; the digest and the attribution must be those of the block.
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
     * The request.
     *
     * @return an immutable value
     */
    public CommitRequest build() {
      return new CommitRequest(this);
    }
  }
}
