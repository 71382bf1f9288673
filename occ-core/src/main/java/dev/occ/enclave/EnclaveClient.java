package dev.occ.enclave;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Intent;
import dev.occ.anchor.AnchorClaim;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAllocation;
import java.util.Objects;

/**
 * Talks to an {@link EnclaveServer} (spec 13) over a few connections that are kept alive.
 *
 * <p>Opening a client connects to nothing; after an enclave's restart the next request connects
 * again by itself. A request is repeated, once and on a fresh connection, only if one from the pool
 * was dead and no slot can be lost: never a commit of which a byte went out. The client checks that
 * an answer belongs to its request, and no signatures: that is a verifier's work.
 *
 * <p>Safe for use by many threads at once.
 */
@CheckReturnValue
public final class EnclaveClient implements AutoCloseable {
  private static final int CHALLENGE_LENGTH = 32;

  private final Watchdog watchdog = new Watchdog("occ-enclave-client");
  private final ConnectionPool pool;
  private final EnclaveClientOptions options;
  private final EpochWatch epochs;

  private EnclaveClient(Builder builder) {
    options = builder.options;
    epochs = new EpochWatch(builder.epochListener);
    pool = new ConnectionPool(builder.target.connector(watchdog), options, watchdog);
  }

  /**
   * A client with the default options.
   *
   * @param address where the enclave listens
   * @return a client that the caller must close
   * @throws IllegalArgumentException if no transport serves the address
   */
  public static EnclaveClient open(EnclaveAddress address) {
    return builder(address).build();
  }

  /**
   * A builder for a client.
   *
   * @param address where the enclave listens
   * @return a builder with the default options
   */
  public static Builder builder(EnclaveAddress address) {
    Objects.requireNonNull(address, "address");
    return new Builder(watchdog -> Connectors.of(address, watchdog));
  }

  /**
   * A builder for a client that connects in its own way.
   *
   * @param connector opens the connections
   * @return a builder with the default options
   */
  public static Builder builder(Connector connector) {
    Objects.requireNonNull(connector, "connector");
    return new Builder(watchdog -> connector);
  }

  /**
   * Asks whether the enclave is up, and who it is.
   *
   * @return what it says, unverified
   * @throws EnclaveException with the reason why there is none
   */
  public EnclaveHealth health() throws EnclaveException {
    return read(
        call(request("health"), true),
        answer -> {
          requireEqual(answer, "status", "ok");
          return new EnclaveHealth(
              identity(answer),
              answer
                  .optionalInteger("chains", 0, JsonNumber.MAX_EXACT_INTEGER)
                  .orElseThrow(() -> unusable(answer, "chains", "is missing")));
        });
  }

  /**
   * Asks who the enclave is.
   *
   * @return what it says, unverified
   * @throws EnclaveException with the reason why there is none
   */
  public EnclaveIdentity key() throws EnclaveException {
    return read(call(request("key"), true), this::identity);
  }

  /**
   * Makes a slot on the default chain.
   *
   * @return the signed slot
   * @throws EnclaveException as {@link #allocateSlot(String)}
   */
  public Slot allocateSlot() throws EnclaveException {
    return allocateSlot(Commit.DEFAULT_CHAIN);
  }

  /**
   * Makes a slot.
   *
   * @param chainId the chain's name; a new name starts a chain
   * @return the signed slot
   * @throws EnclaveException with the reason why there is none; an unused one may have been made
   */
  public Slot allocateSlot(String chainId) throws EnclaveException {
    return allocateSlot(request("allocateSlot").put("chainId", chainId), chainId);
  }

  /**
   * Makes a slot whose floor is a block of Base (spec 10), if the enclave takes such floors: {@link
   * EnclaveIdentity#takesBaseFloors()}.
   *
   * @param chainId the chain's name; a new name starts a chain
   * @param baseHeader the RLP of the block's header
   * @return the signed slot, with its floor
   * @throws EnclaveException with the reason why there is none; an unused one may have been made
   */
  public Slot allocateSlot(String chainId, Bytes baseHeader) throws EnclaveException {
    return allocateSlot(
        request("allocateSlot")
            .put("chainId", chainId)
            .put("baseFloorHeaderB64", baseHeader.toBase64()),
        chainId);
  }

  private Slot allocateSlot(JsonObject.Builder request, String chainId) throws EnclaveException {
    return read(
        call(request, true),
        answer -> {
          Slot slot =
              new Slot(SlotAllocation.read(answer.view("slot").object()), Floor.ofAnswer(answer));
          requireEqual(answer, "slotId", slot.id());
          requireEqual(answer, "chainId", chainId);
          if (!slot.chainId().equals(chainId)) {
            throw unusable(answer, "slot", "is on another chain");
          }
          epochs.observe(slot.allocation().epochId());
          return slot;
        });
  }

  /**
   * Asks for a challenge that commits to nothing, for an actor to answer within 60 s (spec 9).
   *
   * @return 32 bytes; authorizations carry them in Base64, WebAuthn clients take the bytes
   * @throws EnclaveException with the reason why there is none; an unused one may have been issued
   */
  public Bytes challenge() throws EnclaveException {
    return read(
        call(request("challenge"), true),
        answer -> answer.text("challenge", EnclaveClient::thirtyTwoBytes));
  }

  /**
   * Asks for a challenge that commits to an intent, for an actor to answer within 60 s (spec 9).
   * That the challenge is the one of nonce and hash is checked here; that the hash is that of what
   * the actor wants is for the one to check who asks the actor.
   *
   * @param intentHash the hash of what the actor is to authorize, 32 bytes
   * @return the challenge and the enclave's nonce in it
   * @throws EnclaveException with the reason why there is none; an unused one may have been issued
   */
  public IntentChallenge challenge(Bytes intentHash) throws EnclaveException {
    JsonObject request = request("challenge").put("intentHashB64", intentHash.toBase64()).build();
    return read(
        call(request, true),
        answer -> {
          Bytes nonce = answer.text("intentNonceB64", EnclaveClient::thirtyTwoBytes);
          Bytes challenge = answer.text("challenge", EnclaveClient::thirtyTwoBytes);
          if (!Intent.challenge(nonce, intentHash).equals(challenge)) {
            throw unusable(answer, "challenge", "does not commit to the intent");
          }
          return new IntentChallenge(challenge, nonce);
        });
  }

  private static Bytes thirtyTwoBytes(String base64) throws JsonException {
    return Bytes.fromBase64(base64, CHALLENGE_LENGTH);
  }

  /**
   * Consumes a slot for a digest.
   *
   * @param commit the slot, the digest, and what else goes into the proof
   * @return the proof exactly as the enclave made it
   * @throws EnclaveException with the reason why there is none; {@link
   *     EnclaveException#mayHaveTakenEffect()} says whether one may exist nevertheless
   */
  public Proof commitDigest(CommitRequest commit) throws EnclaveException {
    JsonObject request =
        request("commitDigest")
            .put("slotId", commit.slotId())
            .put("digestB64", commit.digest().toBase64())
            .putIfPresent("policy", commit.policy())
            .putIfPresent("principal", commit.principal())
            .putIfPresent("attribution", commit.attribution())
            .putIfPresent("metadata", commit.metadata())
            .putIfPresent("agency", commit.agency().map(Agency::json))
            .putIfPresent("anchor", commit.anchor().map(AnchorClaim::toJson))
            .build();
    return read(call(request, false), answer -> proof(answer, commit));
  }

  private Proof proof(JsonView answer, CommitRequest commit) throws JsonException {
    JsonView view = answer.view("proof");
    Proof proof = Proof.of(view.object());
    if (!proof.artifactDigest().equals(commit.digest())) {
      throw unusable(answer, "proof", "is of another digest");
    }
    if (!proof.commit().nonce().toBase64().equals(commit.slotId())) {
      throw unusable(answer, "proof", "consumed another slot");
    }
    proof.commit().epochId().ifPresent(epochs::observe);
    return proof;
  }

  private EnclaveIdentity identity(JsonView answer) throws JsonException {
    EnclaveIdentity identity = EnclaveIdentity.read(answer);
    epochs.observe(identity.epochId());
    return identity;
  }

  private static JsonObject.Builder request(String action) {
    return JsonObject.builder().put("action", action).put("keepAlive", JsonBoolean.TRUE);
  }

  private JsonView call(JsonObject.Builder request, boolean repeatable) throws EnclaveException {
    return call(request.build(), repeatable);
  }

  private JsonView call(JsonObject request, boolean repeatable) throws EnclaveException {
    return new ClientCall(pool, request, repeatable, options).perform();
  }

  /** Reads an answer's members. */
  private interface Decoder<T> {
    T decode(JsonView answer) throws JsonException;
  }

  private static <T> T read(JsonView answer, Decoder<T> decoder) throws EnclaveException {
    try {
      return decoder.decode(answer);
    } catch (JsonException e) {
      throw ClientCall.protocol("the answer is not one to this request: " + e.getMessage(), e);
    }
  }

  private static void requireEqual(JsonView answer, String name, String expected)
      throws JsonException {
    if (!answer.text(name).equals(expected)) {
      throw unusable(answer, name, "is not what the request asked for");
    }
  }

  private static JsonException unusable(JsonView answer, String name, String problem) {
    return answer.problem(name, JsonException.Reason.INVALID_VALUE, problem);
  }

  /**
   * Closes all connections. Requests under way fail with {@link
   * EnclaveException.Reason#CLIENT_CLOSED}. Calls after the first do nothing.
   */
  @Override
  public void close() {
    pool.close();
    watchdog.finish();
  }

  /** Makes the connector once there is a watchdog for it. */
  private interface Target {
    Connector connector(Watchdog watchdog);
  }

  /** Collects what a client needs. Not safe for use by several threads at once. */
  public static final class Builder {
    private final Target target;
    private EnclaveClientOptions options = EnclaveClientOptions.DEFAULT;
    private EpochListener epochListener = (previousId, currentId) -> {};

    private Builder(Target target) {
      this.target = target;
    }

    /**
     * Sets the limits.
     *
     * @param limits sizes, times and numbers
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder options(EnclaveClientOptions limits) {
      options = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * Sets who is told that the enclave has started a new epoch.
     *
     * @param listener what to call; nobody unless set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder epochListener(EpochListener listener) {
      epochListener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The client; connects to nothing yet.
     *
     * @return a client that the caller must close
     * @throws IllegalArgumentException if no transport serves the address
     */
    public EnclaveClient build() {
      return new EnclaveClient(this);
    }
  }
}
