package dev.occ.agency;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.proof.Agency;
import dev.occ.proof.Agency.BatchContext;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an actor authorizes (spec 9, "Intent"): the epoch, the digests, the chain, and the actor,
 * policy, principal and attribution as they will stand in the proof. A challenge that was made from
 * it commits to all of them, so the actor's signature over the challenge covers them, for WebAuthn
 * too.
 *
 * <p>A client builds it from what it wants, asks the enclave for a challenge with {@link #hash()},
 * and lets the actor sign only if {@link #challenge} gives that very challenge. Immutable.
 */
@CheckReturnValue
public final class Intent {
  /** What an intent states as its purpose, and what its challenges begin with. */
  public static final String PURPOSE = "occ/intent/1";

  private static final int LENGTH = 32;

  private final JsonObject json;
  private final Bytes hash;

  private Intent(JsonObject json) {
    this.json = json;
    this.hash = Bytes.sha256(CanonicalJson.encode(json));
  }

  /**
   * A builder for the intent of one artifact or of a batch, on the default chain.
   *
   * @param epochId the epoch that is to make the proofs, as {@code key} names it
   * @param actor the proof's {@code agency.actor}, all of its members included
   * @param digests the artifacts' digests in the batch's order, or the one, 32 bytes each
   * @return a new builder
   * @throws IllegalArgumentException if there is no digest, or one of another length
   */
  public static Builder builder(String epochId, JsonObject actor, List<Bytes> digests) {
    return new Builder(epochId, actor, digests);
  }

  /**
   * A builder for the intent of a commit that carries an agency: its actor, and the digests of its
   * batch or the one.
   *
   * @param epochId the epoch that makes the proof
   * @param agency actor, authorization and batch
   * @param digest the artifact's digest, 32 bytes
   * @return a new builder
   * @throws IllegalArgumentException if the digest is of another length
   */
  public static Builder builder(String epochId, Agency agency, Bytes digest) {
    return builder(
        epochId,
        agency.actor().json(),
        agency
            .batch()
            .map(BatchContext::digests)
            .filter(digests -> !digests.isEmpty()) // such a batch holds nowhere
            .orElseGet(() -> List.of(digest)));
  }

  /**
   * The intent that a proof shows, from its signed members and the digests of its batch.
   *
   * @param proof the proof
   * @return empty if it has no agency or names no epoch
   */
  public static Optional<Intent> of(Proof proof) {
    Optional<String> epochId = proof.commit().epochId();
    if (epochId.isEmpty() || proof.agency().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        builder(epochId.get(), proof.agency().get(), proof.artifactDigest())
            .chain(proof.commit().chain())
            .policy(member(proof, "policy"))
            .principal(member(proof, "principal"))
            .attribution(member(proof, "attribution"))
            .build());
  }

  private static JsonObject member(Proof proof, String name) {
    return proof
        .json()
        .get(name)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElse(JsonObject.empty());
  }

  /**
   * The hash with which a challenge is asked for.
   *
   * @return SHA-256 of the intent's canonical form, 32 bytes
   */
  public Bytes hash() {
    return hash;
  }

  /**
   * The challenge that commits to this intent.
   *
   * @param nonce the enclave's, 32 bytes
   * @return SHA-256 of purpose, a zero byte, nonce and hash: 32 bytes
   * @throws IllegalArgumentException if the nonce is of another length
   */
  public Bytes challenge(Bytes nonce) {
    return challenge(nonce, hash);
  }

  /**
   * The challenge that commits to an intent of which only the hash is known.
   *
   * @param nonce the enclave's, 32 bytes
   * @param intentHash the intent's hash, 32 bytes
   * @return SHA-256 of purpose, a zero byte, nonce and hash: 32 bytes
   * @throws IllegalArgumentException if one of them is of another length
   */
  public static Bytes challenge(Bytes nonce, Bytes intentHash) {
    byte[] purpose = PURPOSE.getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[purpose.length + 1 + 2 * LENGTH];
    System.arraycopy(purpose, 0, message, 0, purpose.length);
    byte[] first = requireLength(nonce, "nonce").toByteArray();
    byte[] second = requireLength(intentHash, "intent's hash").toByteArray();
    System.arraycopy(first, 0, message, purpose.length + 1, LENGTH);
    System.arraycopy(second, 0, message, purpose.length + 1 + LENGTH, LENGTH);
    return Bytes.sha256(message);
  }

  /**
   * The intent's document, for showing it to the actor.
   *
   * @return the object whose canonical form is hashed
   */
  public JsonObject toJson() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Intent intent && json.equals(intent.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** The hash, for logs and debuggers. */
  @Override
  public String toString() {
    return "Intent[" + hash.toHex() + "]";
  }

  private static Bytes requireLength(Bytes bytes, String name) {
    if (bytes.size() != LENGTH) {
      throw new IllegalArgumentException("the " + name + " has 32 bytes, not " + bytes.size());
    }
    return bytes;
  }

  /**
   * Collects what a proof will say. An empty object stands for a member that the proof does not
   * have. Not safe for use by several threads at once.
   */
  public static final class Builder {
    private final String epochId;
    private final JsonObject actor;
    private final List<Bytes> digests;
    private String chainId = Commit.DEFAULT_CHAIN;
    private JsonObject policy = JsonObject.empty();
    private JsonObject principal = JsonObject.empty();
    private JsonObject attribution = JsonObject.empty();

    private Builder(String epochId, JsonObject actor, List<Bytes> digests) {
      this.epochId = Objects.requireNonNull(epochId, "epochId");
      this.actor = Objects.requireNonNull(actor, "actor");
      this.digests = List.copyOf(digests);
      if (digests.isEmpty()) {
        throw new IllegalArgumentException("an intent is about at least one digest");
      }
      for (Bytes digest : digests) {
        Bytes unused = requireLength(digest, "digest");
      }
    }

    /**
     * Sets the chain.
     *
     * @param name the chain's name, {@value Commit#DEFAULT_CHAIN} unless set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder chain(String name) {
      chainId = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets the policy.
     *
     * @param json the proof's {@code policy}, or an empty object for none
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder policy(JsonObject json) {
      policy = Objects.requireNonNull(json, "json");
      return this;
    }

    /**
     * Sets the principal.
     *
     * @param json the proof's {@code principal}, or an empty object for none
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder principal(JsonObject json) {
      principal = Objects.requireNonNull(json, "json");
      return this;
    }

    /**
     * Sets the attribution.
     *
     * @param json the proof's {@code attribution}, or an empty object for none
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder attribution(JsonObject json) {
      attribution = Objects.requireNonNull(json, "json");
      return this;
    }

    /**
     * The intent.
     *
     * @return an immutable value
     */
    public Intent build() {
      return new Intent(
          JsonObject.builder()
              .put("purpose", PURPOSE)
              .put("epochId", epochId)
              .put("digests", JsonArray.ofTexts(digests.stream().map(Bytes::toBase64).toList()))
              .put("chainId", chainId)
              .put("actor", actor)
              .putIfPresent("policy", present(policy))
              .putIfPresent("principal", present(principal))
              .putIfPresent("attribution", present(attribution))
              .build());
    }

    /** None of the three may be empty in a proof (spec 3), so empty means absent. */
    private static Optional<JsonObject> present(JsonObject member) {
      return member.members().isEmpty() ? Optional.empty() : Optional.of(member);
    }
  }
}
