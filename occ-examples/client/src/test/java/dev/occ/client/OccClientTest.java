package dev.occ.client;

import static dev.occ.client.HonestServer.brokenOff;
import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.End;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.client.ScriptedServer.Request;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.verifier.VerificationPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OccClientTest {
  private static final String KEY = "the-secret-key";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CommitOptions ALL =
      CommitOptions.builder()
          .chainId("invoices")
          .attribution(Attribution.of("Ada"))
          .policy(PolicyBinding.of(digest("policy")))
          .principal(Principal.of("ada"))
          .metadata(JsonObject.builder().put("note", "hi").build())
          .build();

  private final List<Duration> pauses = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HonestServer honest;

  OccClientTest() throws Exception {
    honest = new HonestServer();
    open.add(honest);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void commit_severalDigests_givesTheirProofsInOrder() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    List<Bytes> digests = digests(5);
    List<Proof> proofs = client(server).commit(digests, ALL);
    assertThat(proofs).extracting(Proof::artifactDigest).isEqualTo(digests);
    assertThat(proofs.get(0).commit().chain()).isEqualTo("invoices");
    assertThat(proofs.get(0).attribution()).contains(Attribution.of("Ada"));
    Request request = server.requests().get(0);
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /commit");
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer " + KEY)
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("upgrade");
  }

  @Test
  void commit_noDigests_asksNobody() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    assertThat(client(server).commit(List.of(), CommitOptions.NONE)).isEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void commit_moreThanAThousand_isSplit() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    List<Bytes> digests = digests(1001);
    assertThat(client(server).commit(digests, CommitOptions.NONE))
        .extracting(Proof::artifactDigest)
        .isEqualTo(digests);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void commit_longOptions_splitsByBytes() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    CommitOptions options =
        CommitOptions.builder()
            .metadata(JsonObject.builder().put("note", "x".repeat(50_000)).build())
            .build();
    OccClient client = builder(server).maxResponseBytes(1024 * 1024).build();
    assertThat(client.commit(digests(20), options)).hasSize(20);
    assertThat(server.requests()).hasSizeGreaterThan(2);
    CommitOptions tooLong =
        CommitOptions.builder()
            .metadata(JsonObject.builder().put("note", "x".repeat(1 << 20)).build())
            .build();
    assertThatThrownBy(() -> client.commit(digests(1), tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commit_wrongDigestLength_isRefusedBeforeAnyRequest() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    assertThatThrownBy(() -> client(server).commit(Bytes.of(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void commitFiles_always_hashesThem(@TempDir Path folder) throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    Path file = Files.writeString(folder.resolve("file"), "content");
    List<Proof> proofs = client(server).commitFiles(List.of(file), CommitOptions.NONE);
    assertThat(proofs.get(0).artifactDigest()).isEqualTo(digest("content"));
  }

  /** A change to an honest answer, and what the client must say about it. */
  private interface Forgery {
    List<? extends JsonValue> of(List<JsonObject> honest) throws Exception;
  }

  static Stream<Arguments> forgeries() throws Exception {
    JsonObject empty = JsonObject.empty();
    return Stream.of(
        forged("too few", Reason.PROOF_COUNT, p -> p.subList(0, 2)),
        forged("none", Reason.PROOF_COUNT, p -> List.of()),
        forged(
            "too many",
            Reason.PROOF_COUNT,
            p -> Arrays.asList(p.get(0), p.get(1), p.get(2), p.get(2))),
        forged("swapped", Reason.PROOF_DIGEST, p -> Arrays.asList(p.get(1), p.get(0), p.get(2))),
        forged(
            "null", Reason.PROOF_REJECTED, p -> Arrays.asList(p.get(0), p.get(1), JsonNull.NULL)),
        forged("empty", Reason.PROOF_REJECTED, p -> Arrays.asList(p.get(0), empty, p.get(2))),
        forged(
            "digest",
            Reason.PROOF_REJECTED,
            p -> last(p, set(p.get(2), "artifact", "digestB64", digest("other").toBase64()), true)),
        forged(
            "signature",
            Reason.PROOF_REJECTED,
            p ->
                last(
                    p,
                    set(
                        p.get(2),
                        "signer",
                        "signatureB64",
                        flipped(p.get(2), "signer", "signatureB64")),
                    false)),
        forged(
            "slot of another",
            Reason.PROOF_REJECTED,
            p ->
                last(
                    p,
                    p.get(2).with("slotAllocation", p.get(0).get("slotAllocation").orElseThrow()),
                    false)),
        forged(
            "slot taken out",
            Reason.PROOF_REJECTED,
            p -> last(p, p.get(2).without("slotAllocation"), false)),
        forged(
            "attribution dropped",
            Reason.PROOF_REJECTED,
            p -> last(p, p.get(2).without("attribution"), false)),
        forged(
            "metadata", Reason.PROOF_METADATA, p -> last(p, p.get(2).without("metadata"), false)),
        forged(
            "hash",
            Reason.PROOF_HASH,
            p ->
                last(p, p.get(2).with("proofHash", new JsonString(digest("x").toBase64())), false)),
        forged(
            "agency", Reason.PROOF_REJECTED, p -> last(p, p.get(2).with("agency", empty), false)));
  }

  private static List<JsonValue> last(
      List<JsonObject> proofs, JsonObject other, boolean digestToo) {
    return List.of(
        proofs.get(0),
        proofs.get(1),
        digestToo
            ? other
                .with("artifact", proofs.get(2).get("artifact").orElseThrow())
                .with("signer", proofs.get(0).get("signer").orElseThrow())
            : other);
  }

  private static Arguments forged(String name, Reason reason, Forgery forgery) {
    return Arguments.of(name, reason, forgery);
  }

  private static JsonObject set(JsonObject proof, String part, String member, String value) {
    JsonObject object = (JsonObject) proof.get(part).orElseThrow();
    return proof.with(part, object.with(member, new JsonString(value)));
  }

  private static String flipped(JsonObject proof, String part, String member) throws Exception {
    JsonObject object = (JsonObject) proof.get(part).orElseThrow();
    byte[] bytes =
        Bytes.fromBase64(((JsonString) object.get(member).orElseThrow()).text()).toByteArray();
    bytes[10] ^= 1;
    return Bytes.of(bytes).toBase64();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void commit_wrongProof_isNotHandedOver(String name, Reason reason, Forgery forgery)
      throws Exception {
    ScriptedServer server = server(request -> ok(forgery.of(honest.commit(request))));
    OccClientException e = failure(client(server), ALL);
    assertThat(e.reason()).as(name).isEqualTo(reason);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(e.proofs()).hasSizeLessThan(4);
    assertThat(e.offending().isPresent()).isEqualTo(reason != Reason.PROOF_COUNT);
    assertThat(e.code().isPresent()).isEqualTo(reason == Reason.PROOF_REJECTED);
    assertThat(server.requests()).as("not asked again").hasSize(1);
  }

  @Test
  void commit_honestProofsOfSomethingElse_areNotHandedOver() throws Exception {
    assertThat(otherwise("\"chainId\":\"invoices\",", "")).isEqualTo(Reason.PROOF_CHAIN);
    assertThat(otherwise("\"Ada\"", "\"Eve\"")).isEqualTo(Reason.PROOF_ATTRIBUTION);
    assertThat(otherwise("\"attribution\"", "\"x\"")).isEqualTo(Reason.PROOF_ATTRIBUTION);
    assertThat(otherwise("\"policy\"", "\"x\"")).isEqualTo(Reason.PROOF_POLICY);
    assertThat(otherwise("\"id\":\"ada\"", "\"id\":\"eve\"")).isEqualTo(Reason.PROOF_PRINCIPAL);
    assertThat(otherwise(digest("artifact 0").toBase64(), digest("x").toBase64()))
        .isEqualTo(Reason.PROOF_DIGEST);
  }

  /** The server commits another request than it was sent. */
  private Reason otherwise(String asked, String done) throws Exception {
    ScriptedServer server =
        server(
            request ->
                ok(
                    honest.commit(
                        new Request(
                            request.method(),
                            request.path(),
                            request.headers(),
                            request.body().replace(asked, done)))));
    return failure(client(server), ALL).reason();
  }

  @Test
  void commit_unaskedAttribution_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request ->
                ok(
                    honest.commit(
                        new Request(
                            "POST",
                            "/commit",
                            Map.of(),
                            request
                                .body()
                                .replaceFirst("\\{", "{\"attribution\":{\"name\":\"E\"},")))));
    assertThat(failure(client(server), CommitOptions.NONE).reason())
        .isEqualTo(Reason.PROOF_ATTRIBUTION);
  }

  @Test
  void commit_oneDigestTwiceWithOneProof_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              JsonObject one = honest.commit(request).get(0);
              return ok(Collections.nCopies(2, one));
            });
    Bytes same = digest("same");
    OccClientException e =
        catchThrowableOfType(
            OccClientException.class,
            () -> client(server).commit(List.of(same, same), CommitOptions.NONE));
    assertThat(e.reason()).isEqualTo(Reason.PROOF_REPEATED);
    assertThat(e.proofs()).hasSize(1);
  }

  @Test
  void commit_proofWithoutAnySlot_isNotHandedOverWhateverThePolicy() throws Exception {
    ScriptedServer server = server(request -> ok(slotless(request)));
    OccClient client = builder(server).policy(VerificationPolicy.integrityOnly()).build();
    OccClientException e = failure(client, CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_SLOT_MISSING);
  }

  private List<JsonObject> slotless(Request request) throws Exception {
    List<JsonObject> proofs = new ArrayList<>();
    for (JsonObject proof : honest.commit(request)) {
      proofs.add(honest.withoutSlot(proof));
    }
    return proofs;
  }

  @Test
  void commit_stricterPolicy_isApplied() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    OccClient client =
        builder(server).policy(VerificationPolicy.measuredTee("0".repeat(95) + "1")).build();
    OccClientException e = failure(client, CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_REJECTED);
    assertThat(e.code()).contains("policy-enforcement");
  }

  @Test
  void commit_brokenOffMidway_keepsWhatWasMadeAndAsksForTheRest() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> proofs = honest.commit(request);
              return switch (calls.incrementAndGet()) {
                case 1 -> brokenOff(proofs.subList(0, 2));
                case 2 -> brokenOff(List.of());
                default -> ok(proofs);
              };
            });
    List<Bytes> digests = digests(5);
    assertThat(client(server).commit(digests, CommitOptions.NONE))
        .extracting(Proof::artifactDigest)
        .isEqualTo(digests);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(1).body())
        .doesNotContain(digests.get(1).toBase64())
        .contains(digests.get(2).toBase64());
    assertThat(pauses).hasSize(2);
  }

  @Test
  void commit_brokenOffForGood_handsOverWhatWasMade() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request ->
                brokenOff(
                    calls.incrementAndGet() == 1
                        ? honest.commit(request).subList(0, 1)
                        : List.of()));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.code()).contains("enclave-unavailable");
    assertThat(e.proofs()).hasSize(1);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1 + RetryPolicy.DEFAULT.maxAttempts());
  }

  @Test
  void commit_brokenOffWithAWrongProof_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> proofs = honest.commit(request);
              return brokenOff(List.of(proofs.get(0), proofs.get(0)));
            });
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_DIGEST);
    assertThat(e.proofs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 429, 500, 502, 504})
  void commit_errorOfAnyStatusWithProofs_handsThemOver(int status) throws Exception {
    ScriptedServer server = server(request -> failed(status, honest.commit(request).subList(0, 2)));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.status()).hasValue(status);
    assertThat(e.code()).contains("internal");
    assertThat(e.proofs()).extracting(Proof::artifactDigest).isEqualTo(digests(3).subList(0, 2));
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commit_errorWithAllProofs_isNoFailure() throws Exception {
    ScriptedServer server = server(request -> failed(500, honest.commit(request)));
    assertThat(client(server).commit(digests(3), CommitOptions.NONE)).hasSize(3);
  }

  @Test
  void commit_errorWithAWrongProof_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              List<JsonObject> proofs = honest.commit(request);
              return failed(500, List.of(proofs.get(0), proofs.get(0)));
            });
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_DIGEST);
    assertThat(e.proofs()).hasSize(1);
  }

  @Test
  void commit_errorWithProofsThatAreNone_isTheErrorItself() throws Exception {
    for (String proofs : List.of("[]", "{}", "\"none\"", "null")) {
      ScriptedServer server =
          server(request -> Reply.json(400, "{\"code\":\"why\",\"proofs\":" + proofs + "}"));
      OccClientException e = failure(client(server), CommitOptions.NONE);
      assertThat(e.reason()).as(proofs).isEqualTo(Reason.REFUSED);
      assertThat(e.mayHaveTakenEffect()).as(proofs).isFalse();
    }
  }

  private static Reply failed(int status, List<JsonObject> proofs) {
    return new Reply(
        status,
        Map.of(),
        brokenOff(proofs).body().replace("enclave-unavailable", "internal"),
        ScriptedServer.End.CLEAN);
  }

  @Test
  void commit_withAgency_isOneRequestAndNeverRepeated() throws Exception {
    ScriptedServer server = server(request -> brokenOff(honest.commit(request).subList(0, 1)));
    CommitOptions options = CommitOptions.builder().agency(JsonObject.empty()).build();
    assertThatThrownBy(() -> client(server).commit(digests(1001), options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(failure(client(server), options).reason()).isEqualTo(Reason.PROOF_AGENCY);
    ScriptedServer empty = server(request -> brokenOff(List.of()));
    assertThat(failure(client(empty), options).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(empty.requests()).hasSize(1);
    assertThat(empty.requests().get(0).body()).contains("\"agency\":{}");
  }

  @Test
  void commit_withAgencyAndAnAnswerThatMayBeTooLong_isRefusedBeforeAnyRequest() throws Exception {
    ScriptedServer server = server(request -> Reply.json(401, "{}"));
    CommitOptions options = CommitOptions.builder().agency(JsonObject.empty()).build();
    assertThatThrownBy(() -> client(server).commit(digests(1000), options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RetryableCode.class)
  void commit_503ThatMadeNothing_isRepeated(RetryableCode code) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request ->
                calls.incrementAndGet() < 3
                    ? Reply.json(503, "{\"error\":\"x\",\"code\":\"" + code.code() + "\"}")
                    : ok(honest.commit(request)));
    assertThat(client(server).commit(digests(2), CommitOptions.NONE)).hasSize(2);
    assertThat(pauses).containsExactly(Duration.ofMillis(150), Duration.ofMillis(300));
  }

  @Test
  void commit_503ThatSaysNothing_isNotRepeated() throws Exception {
    ScriptedServer server = server(request -> Reply.json(503, "<html>proxy</html>"));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(e.status()).hasValue(503);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commit_429_waitsAsLongAsTheServerSays() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request ->
                switch (calls.incrementAndGet()) {
                  case 1 -> Reply.json(429, "{}").with("Retry-After", "7");
                  case 2 ->
                      Reply.json(429, "{}").with("Retry-After", "Thu, 1 Jan 2026 00:00:09 GMT");
                  case 3 -> Reply.json(429, "{}").with("Retry-After", "soon");
                  default -> ok(honest.commit(request));
                });
    assertThat(client(server).commit(digests(1), CommitOptions.NONE)).hasSize(1);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofMillis(600));
  }

  @Test
  void commit_429ForLong_isNotRepeated() throws Exception {
    ScriptedServer server =
        server(request -> Reply.json(429, "{\"code\":\"slow\"}").with("Retry-After", "3600"));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(e.mayHaveTakenEffect()).isFalse();
    assertThat(server.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(400, Reason.REFUSED, false),
        Arguments.of(401, Reason.UNAUTHORIZED, false),
        Arguments.of(403, Reason.UNAUTHORIZED, false),
        Arguments.of(404, Reason.REFUSED, false),
        Arguments.of(413, Reason.REFUSED, false),
        Arguments.of(302, Reason.UNEXPECTED_STATUS, true),
        Arguments.of(201, Reason.UNEXPECTED_STATUS, true),
        Arguments.of(500, Reason.SERVER_ERROR, true),
        Arguments.of(502, Reason.SERVER_ERROR, true));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void commit_otherStatus_isToldOnce(int status, Reason reason, boolean open) throws Exception {
    ScriptedServer server =
        server(
            request ->
                Reply.json(status, "{\"error\":\"no\",\"code\":\"why\"}")
                    .with("Location", "http://127.0.0.1:1/"));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.status()).hasValue(status);
    assertThat(e.code()).contains("why");
    assertThat(e.mayHaveTakenEffect()).isEqualTo(open);
    assertThat(server.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
    assertThat(e).hasMessageNotContaining(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "{}", "\"text\"", "[] []", "\ufeff[]"})
  void commit_garbage_isMalformed(String body) throws Exception {
    ScriptedServer server = server(request -> Reply.json(200, body));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_RESPONSE);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commit_cutAnswer_isLostAndNotRepeated() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)).ending(End.CUT));
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "99999999999999999999"})
  void commit_lengthThatIsNoNumber_isLostAndKeepsWhatWasMade(String length) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request -> {
              Reply reply = ok(honest.commit(request));
              return calls.incrementAndGet() == 1 ? reply : reply.with("Content-Length", length);
            });
    OccClientException e =
        failure(builder(server).maxResponseBytes(60 * 1024).build(), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(e.proofs()).hasSize(2);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void commit_slowBody_timesOutAndIsNotRepeated() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)).ending(End.STALL));
    OccClient client = builder(server).requestTimeout(Duration.ofMillis(700)).build();
    OccClientException e = failure(client, CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commit_oversizedAnswer_isNotRead() throws Exception {
    ScriptedServer server = server(request -> Reply.json(200, "[" + " ".repeat(5000) + "]"));
    OccClientException e =
        failure(builder(server).maxResponseBytes(4096).build(), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.RESPONSE_TOO_LARGE);
    assertThat(e.mayHaveTakenEffect()).isTrue();
  }

  @Test
  void commit_nobodyThere_isRepeatedAndHadNoEffect() throws Exception {
    URI nowhere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    OccClientException e = failure(builder(nowhere).build(), CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(e.mayHaveTakenEffect()).isFalse();
    assertThat(pauses).hasSize(RetryPolicy.DEFAULT.maxAttempts() - 1);
    pauses.clear();
    OccClient once = builder(nowhere).retryPolicy(RetryPolicy.NEVER).build();
    assertThat(failure(once, CommitOptions.NONE).reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(pauses).isEmpty();
  }

  @Test
  void commit_noTlsThere_saysSo() throws Exception {
    ScriptedServer server = server(request -> Reply.json(200, "[]"));
    OccClient client = builder(URI.create("https://127.0.0.1:" + server.url().getPort())).build();
    assertThat(failure(client, CommitOptions.NONE).reason())
        .isIn(Reason.TLS, Reason.CONNECTION_LOST);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void commit_interrupted_saysSoAndKeepsTheFlag() throws Exception {
    ScriptedServer server = server(request -> Reply.json(200, "[]").ending(End.STALL));
    Thread.currentThread().interrupt();
    OccClientException e = failure(client(server), CommitOptions.NONE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
  }

  @Test
  void health_upAndDown_isTold() throws Exception {
    ScriptedServer up = server(request -> Reply.json(200, "{\"ok\":true}"));
    assertThat(client(up).health()).isEqualTo(new ServerHealth(true, Optional.empty()));
    assertThat(up.requests().get(0).headers()).doesNotContainKey("authorization");
    ScriptedServer down = server(request -> Reply.json(503, "{\"ok\":false,\"error\":\"gone\"}"));
    assertThat(client(down).health()).isEqualTo(new ServerHealth(false, Optional.of("gone")));
    ScriptedServer odd = server(request -> Reply.json(200, "{\"ok\":\"yes\"}"));
    assertThat(catchThrowableOfType(OccClientException.class, () -> client(odd).health()).reason())
        .isEqualTo(Reason.MALFORMED_RESPONSE);
  }

  @Test
  void key_503AndACut_isRepeated() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer server =
        server(
            request ->
                switch (calls.incrementAndGet()) {
                  case 1 -> Reply.json(503, "{}");
                  case 2 -> Reply.json(200, honest.key().toJson()).ending(End.CUT);
                  default -> Reply.json(200, honest.key().toJson());
                });
    assertThat(client(server).key().measurement()).startsWith("soft");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void allocateSlot_answerOfAnotherChain_isRefused() throws Exception {
    ScriptedServer server = server(request -> Reply.json(200, honest.slot("a").toJson()));
    Slot slot = client(server).allocateSlot("a");
    assertThat(slot.chainId()).isEqualTo("a");
    assertThat(server.requests().get(0).headers()).containsKey("authorization");
    assertThat(
            catchThrowableOfType(OccClientException.class, () -> client(server).allocateSlot("b"))
                .reason())
        .isEqualTo(Reason.MALFORMED_RESPONSE);
  }

  @Test
  void challengeAndVerify_always_passOnWhatTheServerSays() throws Exception {
    ScriptedServer server =
        server(
            request ->
                switch (request.path()) {
                  case "/base/challenge" -> Reply.json(200, "{\"challenge\":\"abc\"}");
                  case "/base/verify" ->
                      Reply.json(200, "{\"valid\":false,\"reason\":\"r\",\"checks\":[]}");
                  default -> ok(honest.commit(request));
                });
    OccClient client = builder(URI.create(server.url() + "/base/")).build();
    assertThat(client.challenge()).isEqualTo("abc");
    Proof proof = client.commit(digest("x"));
    RemoteVerdict verdict = client.verify(proof, VerificationPolicy.integrityOnly());
    assertThat(verdict)
        .isEqualTo(new RemoteVerdict(false, Optional.of("r"), new JsonArray(List.of())));
    assertThat(client.verify(proof).valid()).isFalse();
  }

  @Test
  void fromEnvironment_always_readsAddressAndKey() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    OccClient client =
        OccClient.fromEnvironment(
                Map.of("TEE_URL", server.url().toString(), "OCC_API_KEY", "from-env"))
            .build();
    assertThat(client.commit(digest("x")).artifactDigest()).isEqualTo(digest("x"));
    assertThat(server.requests().get(0).headers())
        .containsEntry("authorization", "Bearer from-env");
    OccClient without =
        OccClient.fromEnvironment(Map.of("TEE_URL", server.url().toString())).build();
    assertThat(without.commit(digest("x")).artifactDigest()).isEqualTo(digest("x"));
    assertThat(server.requests().get(1).headers()).doesNotContainKey("authorization");
    assertThatThrownBy(() -> OccClient.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TEE_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tee.example",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "https:///x",
        "https://u:p@h/",
        "https://h/?q=1",
        "https://h/#f",
        "http://127.0.0.1.example/",
        "http://localhost.example/"
      })
  void builder_unusableAddress_isRefused(String url) {
    assertThatThrownBy(() -> OccClient.builder(URI.create(url)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }

  @Test
  void builder_usableAddress_isTaken() {
    for (String url :
        List.of(
            "https://tee.example/x", "http://localhost:1", "http://[::1]:1", "HTTP://127.1.2.3")) {
      assertThat(OccClient.builder(URI.create(url)).build()).as(url).isNotNull();
    }
    assertThat(OccClient.builder(URI.create("http://tee.example")).allowPlainHttp().build())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 86_401, Long.MAX_VALUE})
  void builder_timeoutOutOfRange_isRefused(long seconds) {
    OccClient.Builder builder = OccClient.builder(URI.create("https://h"));
    Duration timeout = Duration.ofSeconds(seconds);
    assertThatThrownBy(() -> builder.requestTimeout(timeout))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.connectTimeout(timeout))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "new\nline", "ümlaut"})
  void apiKey_notVisibleAscii_isRefusedWithoutRepeatingIt(String key) {
    assertThatThrownBy(() -> OccClient.builder(URI.create("https://h")).apiKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an API key is visible ASCII without spaces; this one is empty or has something else");
    assertThat(new ApiKey(KEY)).asString().doesNotContain(KEY);
  }

  @Test
  void retryPolicy_pauses_growToTheirCap() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertThat(policy.pause(1, 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.pause(2, 0.5)).isEqualTo(Duration.ofMillis(300));
    assertThat(policy.pause(90, 0.5)).isEqualTo(Duration.ofMillis(7500));
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RetryPolicy(1, Duration.ofMillis(-1), Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reasons_always_haveACode() {
    assertThat(Reason.PROOF_SLOT_MISSING.code()).isEqualTo("proof-slot-missing");
    assertThat(Reason.TIMEOUT.code()).isEqualTo("timeout");
  }

  private ScriptedServer server(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = ScriptedServer.start(script);
    open.add(server);
    return server;
  }

  private OccClient client(ScriptedServer server) {
    return builder(server).build();
  }

  private OccClient.Builder builder(ScriptedServer server) {
    return builder(server.url());
  }

  private OccClient.Builder builder(URI url) {
    return OccClient.builder(url)
        .apiKey(KEY)
        .pauses(Clock.fixed(NOW, ZoneOffset.UTC), pauses::add, () -> 0.5);
  }

  private static OccClientException failure(OccClient client, CommitOptions options) {
    return catchThrowableOfType(OccClientException.class, () -> client.commit(digests(3), options));
  }

  private static List<Bytes> digests(int number) {
    return IntStream.range(0, number).mapToObj(i -> digest("artifact " + i)).toList();
  }

  private static Bytes digest(String content) {
    return Bytes.sha256(content.getBytes(StandardCharsets.UTF_8));
  }
}
