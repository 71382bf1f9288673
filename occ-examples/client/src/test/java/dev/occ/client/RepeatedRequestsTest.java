package dev.occ.client;

import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.End;
import dev.occ.client.ScriptedServer.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures are repeated, and what the others say of their outcome. */
final class RepeatedRequestsTest extends ClientFixture {
  RepeatedRequestsTest() throws Exception {}

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
}
