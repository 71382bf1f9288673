package dev.occ.client;

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
import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.VerificationPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good answers, the other calls, and what a client is built from. */
final class OccClientTest extends ClientFixture {
  OccClientTest() throws Exception {}

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
}
