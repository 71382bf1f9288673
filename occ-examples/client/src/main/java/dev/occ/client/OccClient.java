package dev.occ.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Intent;
import dev.occ.enclave.EnclaveIdentity;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAllocation;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;

/**
 * Talks to a parent server (spec 14). Every proof is checked against what was asked, and verified,
 * before it is handed over: number and order, digest, signature, slot, the caller's policy, chain,
 * attribution, policy, principal, agency, metadata and {@code proofHash}.
 *
 * <p>Requests are repeated, with growing pauses, only if they certainly had no effect ({@link
 * RetryPolicy}). Redirects are not followed. The API key reaches the server and nothing else.
 *
 * <p>Safe for use by many threads at once. There is nothing to close: the JDK's HTTP client ends
 * its threads when it is no longer reachable.
 */
@CheckReturnValue
public final class OccClient {
  /** The environment variable with the server's address. */
  public static final String URL_VARIABLE = "TEE_URL";

  /** The environment variable with the API key. */
  public static final String KEY_VARIABLE = "OCC_API_KEY";

  private final Caller caller;
  private final ProofVerifier verifier;
  private final int maxResponseBytes;

  private OccClient(Builder builder) {
    verifier = builder.verifier;
    maxResponseBytes = builder.maxResponseBytes;
    Pauses pauses = new Pauses(builder.retryPolicy, builder.clock, builder.waiter, builder.random);
    URI base = ServerAddress.checked(builder.url, builder.allowPlainHttp);
    caller = new Caller(new Transport(builder, base), pauses);
  }

  /**
   * A builder for a client.
   *
   * @param url the server's address; a path before {@code /commit} is allowed
   * @return a builder with the default options and no API key
   */
  public static Builder builder(URI url) {
    return new Builder(url);
  }

  /**
   * A builder for the server that the process's environment names.
   *
   * @return a builder with {@code TEE_URL} and, if it is set, {@code OCC_API_KEY}
   * @throws IllegalArgumentException if the address is missing or either is malformed
   */
  public static Builder fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /**
   * A builder for the server that an environment names.
   *
   * @param environment variables by name
   * @return a builder with {@code TEE_URL} and, if it is set, {@code OCC_API_KEY}
   * @throws IllegalArgumentException if the address is missing or either is malformed
   */
  public static Builder fromEnvironment(Map<String, String> environment) {
    String url = environment.getOrDefault(URL_VARIABLE, "");
    if (url.isEmpty()) {
      throw new IllegalArgumentException(URL_VARIABLE + " is not set");
    }
    Builder builder = builder(URI.create(url));
    String key = environment.getOrDefault(KEY_VARIABLE, "");
    return key.isEmpty() ? builder : builder.apiKey(key);
  }

  /**
   * Asks whether the server and its enclave are up.
   *
   * @return what the server says
   * @throws OccClientException if no such answer comes
   */
  public ServerHealth health() throws OccClientException {
    HttpCall call = HttpCall.get("/health");
    Answer answer = caller.answer(call, a -> a.isOk() || a.status() == 503);
    return Caller.decode(
        call,
        answer,
        json -> {
          JsonView view = JsonView.of(json);
          boolean ok = required(view, "ok");
          return new ServerHealth(ok && answer.isOk(), view.optionalText("error"));
        });
  }

  /**
   * Asks who the enclave is.
   *
   * @return what the server says, unverified
   * @throws OccClientException if there is no answer
   */
  public EnclaveIdentity key() throws OccClientException {
    return caller.call(HttpCall.get("/key"), json -> EnclaveIdentity.read(JsonView.of(json)));
  }

  /**
   * Makes a slot on the default chain.
   *
   * @return the slot
   * @throws OccClientException as {@link #allocateSlot(String)}
   */
  public Slot allocateSlot() throws OccClientException {
    return allocateSlot(Commit.DEFAULT_CHAIN);
  }

  /**
   * Makes a slot. Its signature is not checked here; verifying the proof that consumes it does.
   *
   * @param chainId the chain
   * @return the slot, which belongs to that chain
   * @throws OccClientException if there is none
   */
  public Slot allocateSlot(String chainId) throws OccClientException {
    JsonObject.Builder body = JsonObject.builder();
    if (!chainId.equals(Commit.DEFAULT_CHAIN)) {
      body.put("chainId", chainId);
    }
    return caller.call(
        HttpCall.make("/allocate-slot", body.build().toBytes()),
        json -> {
          JsonView view = JsonView.of(json);
          Slot slot =
              new Slot(SlotAllocation.read(view.view("slot").object()), Floor.ofAnswer(view));
          requireEqual(view, "slotId", slot.id());
          requireEqual(view, "chainId", chainId);
          if (!slot.chainId().equals(chainId)) {
            throw view.problem("slot", JsonException.Reason.INVALID_VALUE, "is on another chain");
          }
          return slot;
        });
  }

  /**
   * Makes a challenge that commits to nothing, for whoever is to authorize a commit (spec 9). A
   * signature over it leaves chain, principal, attribution and policy to the carrier of the
   * request, and with WebAuthn the digest too: {@link #challenge(Intent)} binds them.
   *
   * @return the challenge
   * @throws OccClientException if there is none
   */
  public String challenge() throws OccClientException {
    HttpCall call = HttpCall.make("/challenge", JsonObject.empty().toBytes());
    return caller.call(call, json -> JsonView.of(json).text("challenge"));
  }

  /**
   * Makes a challenge that commits to an intent (spec 9), and checks that it does: only such a
   * challenge may be given to the actor.
   *
   * @param intent what the actor is to authorize, in the server's epoch
   * @return the challenge and the enclave's nonce in it, which goes into {@code agency.intent}
   * @throws OccClientException if there is none; with {@link
   *     OccClientException.Reason#INTENT_MISMATCH} if it commits to something else
   */
  public IntentChallenge challenge(Intent intent) throws OccClientException {
    JsonObject body = JsonObject.builder().put("intentHashB64", intent.hash().toBase64()).build();
    IntentChallenge made =
        caller.call(
            HttpCall.make("/challenge", body.toBytes()),
            json -> {
              JsonView view = JsonView.of(json);
              return new IntentChallenge(
                  view.text("challenge", OccClient::thirtyTwoBytes),
                  view.text("intentNonceB64", OccClient::thirtyTwoBytes));
            });
    if (!made.commitsTo(intent)) {
      throw OccClientException.because(
              OccClientException.Reason.INTENT_MISMATCH,
              "the server's challenge does not commit to what the actor is to authorize")
          .build();
    }
    return made;
  }

  /**
   * Commits digests that an actor authorizes, with everything that the options say (spec 9): asks
   * for the epoch and for a challenge that commits to the intent, checks the challenge, has the
   * actor answer it, and commits. The actor's signature covers epoch, chain, digests, policy,
   * principal and attribution; metadata are not signed.
   *
   * @param digests SHA-256, 32 bytes each, at least one
   * @param options what else goes into each proof, without an agency
   * @param actor who authorizes
   * @return one proof for each digest, in order
   * @throws OccClientException as {@link #challenge(Intent)} and {@link #commit(List,
   *     CommitOptions)}
   * @throws IllegalArgumentException as {@link #commit(List, CommitOptions)}, and if there is no
   *     digest or the options have an agency
   */
  public List<Proof> commitAuthorized(List<Bytes> digests, CommitOptions options, Actor actor)
      throws OccClientException {
    if (options.agency().isPresent()) {
      throw new IllegalArgumentException("the options have an agency already");
    }
    if (digests.isEmpty()) {
      throw new IllegalArgumentException("an authorized commit has at least one digest");
    }
    Intent intent = options.intent(key().epochId(), actor.actor(), digests);
    IntentChallenge challenge = challenge(intent);
    JsonObject agency =
        JsonObject.builder()
            .put("actor", actor.actor())
            .put("authorization", actor.authorize(intent, challenge.challenge(), digests.get(0)))
            .put(
                "intent",
                JsonObject.builder().put("nonceB64", challenge.nonce().toBase64()).build())
            .build();
    return commit(digests, options.withAgency(agency));
  }

  private static Bytes thirtyTwoBytes(String base64) throws JsonException {
    return Bytes.fromBase64(base64, 32);
  }

  /**
   * Commits one digest.
   *
   * @param digest SHA-256, 32 bytes
   * @return its proof
   * @throws OccClientException as {@link #commit(List, CommitOptions)}
   */
  public Proof commit(Bytes digest) throws OccClientException {
    return commit(List.of(digest), CommitOptions.NONE).get(0);
  }

  /**
   * Commits digests, in as many requests as needed: at most 1000 digests and 1 MiB in each.
   *
   * <p>An authorized commit ({@link CommitOptions.Builder#agency}) is one request. Each of its
   * proofs names all of its digests, so that the answer grows with the square of their number: with
   * options of 1 KiB, 607 digests are taken, and 944 with the largest {@link
   * Builder#maxResponseBytes}. More are refused before anything is sent, because their proofs could
   * be made and not be read.
   *
   * <p>A commit whose outcome is unknown, because the connection broke after the request was sent,
   * is not repeated: {@link OccClientException#mayHaveTakenEffect()} says so. Committing again does
   * no harm, but makes second proofs; that is for the caller to decide. One exception: of a request
   * of several digests that the server broke off (503), saying so and giving what was made, the
   * rest is asked for again. The enclave may then have sealed one more proof, of the digest at the
   * break, that nobody has; to be without that, commit digests one by one or use {@link
   * RetryPolicy#NEVER}.
   *
   * @param digests SHA-256, 32 bytes each; none gives no proofs
   * @param options what else goes into each proof
   * @return one proof for each digest, in order
   * @throws OccClientException if not all of them were made as asked; {@link
   *     OccClientException#proofs()} has those of the first digests that were
   * @throws IllegalArgumentException if a digest has another length, the options are too long, or
   *     an authorized commit may have a longer answer than is read
   */
  public List<Proof> commit(List<Bytes> digests, CommitOptions options) throws OccClientException {
    List<Bytes> all = List.copyOf(digests);
    for (Bytes digest : all) {
      ArtifactDigest unused = ArtifactDigest.of(digest);
    }
    return new Committer(caller, verifier, options, maxResponseBytes).commit(all);
  }

  /**
   * Commits files by their digests; their content goes nowhere.
   *
   * @param files are hashed as streams, one after the other
   * @param options what else goes into each proof
   * @return one proof for each file, in order
   * @throws IOException if a file cannot be read; nothing was committed then
   * @throws OccClientException as {@link #commit(List, CommitOptions)}
   */
  public List<Proof> commitFiles(List<Path> files, CommitOptions options)
      throws IOException, OccClientException {
    List<Bytes> digests = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        digests.add(ArtifactDigest.ofContent(in).digest());
      }
    }
    return commit(digests, options);
  }

  /**
   * Asks the server what it thinks of a proof, under its own policy.
   *
   * @param proof the proof
   * @return the server's word
   * @throws OccClientException if there is no answer
   */
  public RemoteVerdict verify(Proof proof) throws OccClientException {
    return verify(JsonObject.builder().put("proof", proof.json()));
  }

  /**
   * Asks the server what it thinks of a proof under a policy.
   *
   * @param proof the proof
   * @param policy what it must fulfil
   * @return the server's word
   * @throws OccClientException if there is no answer
   */
  public RemoteVerdict verify(Proof proof, VerificationPolicy policy) throws OccClientException {
    return verify(JsonObject.builder().put("proof", proof.json()).put("policy", policy.toJson()));
  }

  private RemoteVerdict verify(JsonObject.Builder body) throws OccClientException {
    return caller.call(
        HttpCall.ask("/verify", body.build()),
        json -> {
          JsonView view = JsonView.of(json);
          if (view.object().get("checks").orElse(new JsonArray(List.of()))
              instanceof JsonArray checks) {
            return new RemoteVerdict(required(view, "valid"), view.optionalText("reason"), checks);
          }
          throw view.problem("checks", JsonException.Reason.WRONG_TYPE, "is not an array");
        });
  }

  private static boolean required(JsonView view, String name) throws JsonException {
    return view.optionalBoolean(name)
        .orElseThrow(() -> view.problem(name, JsonException.Reason.MISSING_MEMBER, "is missing"));
  }

  private static void requireEqual(JsonView view, String name, String expected)
      throws JsonException {
    if (!view.text(name).equals(expected)) {
      throw view.problem(name, JsonException.Reason.INVALID_VALUE, "is not as asked");
    }
  }

  /** Collects what a client needs. Not safe for use by several threads at once. */
  public static final class Builder {
    private static final int LARGEST_RESPONSE = 64 * 1024 * 1024;
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final URI url;
    private Optional<ApiKey> apiKey = Optional.empty();
    private Optional<SSLContext> sslContext = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(60);
    private int maxResponseBytes = LARGEST_RESPONSE / 2;
    private boolean allowPlainHttp;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private ProofVerifier verifier =
        ProofVerifier.create(VerificationPolicy.integrityOnly().toBuilder().requireSlot().build());
    private Clock clock = Clock.systemUTC();
    private Waiter waiter = Builder::sleep;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder(URI url) {
      this.url = Objects.requireNonNull(url, "url");
    }

    /**
     * Sets the API key, which goes with requests that make something.
     *
     * @param key visible ASCII without spaces
     * @return this builder
     * @throws IllegalArgumentException if it is of another form; the message does not repeat it
     */
    @CanIgnoreReturnValue
    public Builder apiKey(String key) {
      apiKey = Optional.of(new ApiKey(key));
      return this;
    }

    /**
     * Sends requests, the API key among them, over plain HTTP to any host; else only to this
     * machine's loopback. For networks that are secured in another way.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowPlainHttp() {
      allowPlainHttp = true;
      return this;
    }

    /**
     * Sets which servers are trusted over TLS.
     *
     * @param context the JDK's default unless set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder sslContext(SSLContext context) {
      sslContext = Optional.of(context);
      return this;
    }

    /**
     * Sets how long connecting may take.
     *
     * @param timeout positive, a day at most; 10 s unless set
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = inRange(timeout);
      return this;
    }

    /**
     * Sets how long one request may take, the whole answer included, without repetitions.
     *
     * @param timeout positive, a day at most; 60 s unless set
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = inRange(timeout);
      return this;
    }

    /**
     * Sets the longest answer that is read.
     *
     * @param bytes 1024 to 64 Mi; 32 Mi unless set. Fewer digests go into one request when their
     *     proofs would not fit, and an authorized commit, which is one request, is refused
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxResponseBytes(int bytes) {
      if (bytes < 1024 || bytes > LARGEST_RESPONSE) {
        throw new IllegalArgumentException("the longest answer is 1024 to " + LARGEST_RESPONSE);
      }
      maxResponseBytes = bytes;
      return this;
    }

    /**
     * Sets when requests are repeated.
     *
     * @param policy {@link RetryPolicy#DEFAULT} unless set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder retryPolicy(RetryPolicy policy) {
      retryPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets who waits before a request is repeated.
     *
     * @param waits the thread sleeps unless set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder waiter(Waiter waits) {
      waiter = Objects.requireNonNull(waits, "waits");
      return this;
    }

    /**
     * Sets what every proof must fulfil, besides carrying a slot.
     *
     * @param policy as {@link VerificationPolicy#measuredTee}; integrity only unless set, which
     *     shows nothing about hardware
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder policy(VerificationPolicy policy) {
      return verifier(ProofVerifier.create(policy));
    }

    /**
     * Sets the verifier of every proof, for other trusted roots.
     *
     * @param trusted the verifier; a proof without a slot is refused whatever it says
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder verifier(ProofVerifier trusted) {
      verifier = Objects.requireNonNull(trusted, "verifier");
      return this;
    }

    /** For tests: what the pauses depend on. */
    @CanIgnoreReturnValue
    Builder pauses(Clock asked, Waiter waits, DoubleSupplier chance) {
      clock = asked;
      waiter = waits;
      random = chance;
      return this;
    }

    /**
     * The client; connects to nothing yet.
     *
     * @return a client
     * @throws IllegalArgumentException if the address is not http or https, or is http to another
     *     machine without {@link #allowPlainHttp}
     */
    public OccClient build() {
      return new OccClient(this);
    }

    Optional<ApiKey> apiKey() {
      return apiKey;
    }

    Optional<SSLContext> sslContext() {
      return sslContext;
    }

    Duration connectTimeout() {
      return connectTimeout;
    }

    Duration requestTimeout() {
      return requestTimeout;
    }

    int maxResponseBytes() {
      return maxResponseBytes;
    }

    private static boolean sleep(Duration pause) throws InterruptedException {
      Thread.sleep(pause.toMillis());
      return true;
    }

    /** A longer one could not be counted in nanoseconds, which shows only when all is sent. */
    private static Duration inRange(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException("a timeout is positive, and a day at most");
      }
      return timeout;
    }
  }
}
