package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.digests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveErrorCode;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets for the bodies of HTTP requests, from their bytes to the enclave and back; the HTTP
 * around them is left out. In the usual build each runs over its seeds only; {@code .ci/fuzz 60
 * BodyFuzzTest#commit} fuzzes one.
 */
final class BodyFuzzTest {
  /** Refusals that would not be the body's fault. */
  private static final Set<String> NEVER =
      Stream.of(
              ApiError.INTERNAL,
              ApiError.ENCLAVE_FAILED,
              ApiError.ENCLAVE_TIMEOUT,
              ApiError.ENCLAVE_UNAVAILABLE,
              ApiError.ENCLAVE_BUSY,
              ApiError.BUSY,
              ApiError.STOPPING,
              ApiError.OUT_OF_TIME,
              ApiError.TOO_MANY_SLOTS,
              ApiError.TOO_MANY_CHALLENGES,
              ApiError.SLOT_QUOTA,
              ApiError.CHALLENGE_QUOTA,
              ApiError.EPOCH_CHANGED)
          .map(ApiError::code)
          .collect(Collectors.toSet());

  private static final Set<String> KNOWN =
      Stream.of(
              Arrays.stream(ApiError.values()).map(ApiError::code),
              Arrays.stream(JsonException.Reason.values()).map(JsonException.Reason::code),
              Arrays.stream(EnclaveErrorCode.values()).map(EnclaveErrorCode::code))
          .flatMap(codes -> codes)
          .filter(code -> !NEVER.contains(code))
          .collect(Collectors.toSet());

  private static final ParentLimits LIMITS = ParentLimits.DEFAULT;
  private static final AtomicLong CLOCK = new AtomicLong();
  private static final List<Proof> PROOFS = proofs();

  @SuppressWarnings("NullAway.Init") // set before the first input
  private static Epoch epoch;

  @SuppressWarnings("NullAway.Init") // set before the first input
  private static EnclaveServer enclave;

  @SuppressWarnings("NullAway.Init") // set before the first input
  private static EnclaveGateway gateway;

  @SuppressWarnings("NullAway.Init") // set before the first input
  private static Services services;

  @SuppressWarnings("NullAway.Init") // set before the first input
  private static Routes routes;

  @BeforeAll
  static void start() throws IOException, EpochException {
    epoch =
        Epoch.open(
            SoftSigner.open(),
            EpochOptions.builder().nanoClock(CLOCK::get).maxChains(1_000_000).build());
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    int port = ((InetSocketAddress) listener.channel().getLocalAddress()).getPort();
    enclave = EnclaveServer.builder(epoch).listener(listener).start();
    EnclaveAddress address = EnclaveAddress.parse("tcp:127.0.0.1:" + port);
    gateway =
        new EnclaveGateway(
            options -> EnclaveClient.builder(address).options(options).build(),
            LIMITS,
            false,
            Optional::empty,
            new EnclaveState(() -> {}));
    services =
        new Services(
            gateway,
            PendingLedger.ofSlots(LIMITS, CLOCK::get),
            PendingLedger.ofChallenges(LIMITS, CLOCK::get),
            new ChainLedger(1_000_000),
            new ByteBudget(LIMITS.maxAnswersBytes()),
            new ParentMetrics(),
            new Stopping(),
            LIMITS,
            CLOCK::get);
    routes = new Routes(services, false);
  }

  @AfterAll
  static void stop() {
    routes.stop(Duration.ofSeconds(10));
    gateway.close();
    enclave.close();
    epoch.close();
  }

  /** A batch gives a proof for each digest, or a refusal that names its reason. */
  @MethodSource("batches")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void commit(byte[] input) throws JsonException {
    Optional<JsonValue> answer = call("/commit", input);
    if (answer.isPresent()) {
      int asked = JsonView.of(JsonValue.read(input)).optionalViews("digests").orElseThrow().size();
      List<JsonValue> made = ((JsonArray) answer.get()).values();
      assertThat(made).hasSize(asked);
      for (JsonValue proof : made) {
        assertThat(Proof.of((JsonObject) proof).publicKey()).isEqualTo(epoch.publicKey());
      }
    }
  }

  /** Slots and challenges are made whatever else the body holds, or refused with a reason. */
  @MethodSource("slots")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void slot(byte[] input) {
    call("/allocate-slot", input)
        .ifPresent(slot -> assertThat(((JsonObject) slot).has("slotId")).isTrue());
    call("/challenge", input)
        .ifPresent(challenge -> assertThat(((JsonObject) challenge).has("challenge")).isTrue());
  }

  /** Every proof gets a verdict, and none is valid that no key of the seeds has signed. */
  @MethodSource("questions")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void verify(byte[] input) throws JsonException {
    Optional<JsonValue> answer = call("/verify", input);
    if (answer.isPresent()) {
      JsonObject verdict = (JsonObject) answer.get();
      if (verdict.get("valid").orElseThrow().equals(JsonBoolean.TRUE)) {
        JsonObject proof = JsonView.of(JsonValue.read(input)).view("proof").object();
        assertThat(PROOFS.stream().map(Proof::proofHash)).contains(Proof.of(proof).proofHash());
      } else {
        assertThat(verdict.has("reason")).isTrue();
      }
    }
  }

  /** What is answered with 200; a refusal is checked here. */
  private static Optional<JsonValue> call(String path, byte[] body) {
    CLOCK.addAndGet(Duration.ofMinutes(10).toNanos()); // what earlier inputs left has expired
    Route route = Optional.ofNullable(routes.byPath().get(path)).orElseThrow();
    ByteBudget.Account account = services.answers().open();
    try {
      Asker asker =
          new Asker(
              Caller.OPEN, account, Deadline.in(Duration.ofDays(1), System::nanoTime), () -> false);
      Answer answer = route.call().answer(Work.parse(route, body), asker);
      assertThat(answer.status()).isEqualTo(200);
      return Optional.of(read(answer));
    } catch (JsonException e) {
      return refused(ApiException.malformed(e));
    } catch (ApiException e) {
      return refused(e);
    } catch (ClientGoneException e) {
      throw new AssertionError(e);
    } finally {
      account.close();
    }
  }

  private static Optional<JsonValue> refused(ApiException e) {
    assertThat(e.code()).isIn(KNOWN);
    assertThat(e.status()).as(e.code()).isIn(400, 413);
    assertThat(((JsonObject) read(Answer.of(e))).has("error")).isTrue();
    return Optional.empty();
  }

  private static JsonValue read(Answer answer) {
    try {
      return JsonValue.read(answer.body());
    } catch (JsonException e) {
      throw new AssertionError("the answer is not JSON", e);
    }
  }

  static Stream<byte[]> batches() {
    byte[] digest = Base64.getDecoder().decode(HELLO);
    return Stream.of(
        bytes("{'digests':[{'digestB64':'" + HELLO + "','hashAlg':'sha256'}]}"),
        bytes("{" + digests(3) + ",'chainId':'photos','metadata':{'n':[1,null,true]}}"),
        bytes(
            "{"
                + digests(1)
                + ",'policy':{'digestB64':'"
                + HELLO
                + "','name':'n'},'principal':{'id':'me'},'attribution':{'title':'t'}}"),
        bytes(
            "{"
                + digests(2)
                + ",'agency':"
                + SoftAuthenticator.create().direct(digest, digest, 1).build()
                + "}"),
        bytes(
            "{'digests':[{'digestB64':'"
                + HELLO
                + "','hashAlg':'sha256'}],'agency':"
                + SoftAuthenticator.create()
                    .webAuthn(digest, digest, 1)
                    .batch(0, List.of(digest))
                    .build()
                + "}"));
  }

  static Stream<byte[]> slots() {
    return Stream.of(
            "",
            "{}",
            "{'chainId':'photos'}",
            "{'chainId':null,'more':[{}]}",
            "{'a'\ud83d\ude00}", // refused with half a character in the parser's own words
            "{'\\ud800':1}")
        .map(BodyFuzzTest::bytes);
  }

  static Stream<byte[]> questions() {
    Proof proof = PROOFS.get(0);
    return Stream.of(
        bytes("{'proof':" + proof.json() + "}"),
        bytes("{'proof':" + proof.json() + ",'policy':{'requireSlot':true}}"),
        bytes(
            "{'policy':{'allowedPublicKeys':['"
                + proof.publicKey().toBase64()
                + "'],'maxCounter':'9'},'proof':"
                + PROOFS.get(1).json()
                + "}"),
        bytes("{'proof':{},'policy':{}}"));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  private static List<Proof> proofs() {
    try (Epoch seeds = Epoch.open(SoftSigner.open())) {
      Bytes digest = Bytes.sha256(new byte[] {1});
      return List.of(
          seeds.commit(CommitRequest.of(seeds.allocateSlot().id(), digest)),
          seeds.commit(CommitRequest.of(seeds.allocateSlot("photos").id(), digest)));
    } catch (EpochException e) {
      throw new AssertionError("a soft signer does not fail", e);
    }
  }
}
