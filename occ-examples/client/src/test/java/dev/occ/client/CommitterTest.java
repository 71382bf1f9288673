package dev.occ.client;

import static dev.occ.client.HonestServer.brokenOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call of commit says about its effect when one of its requests was broken off. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CommitterTest {
  private static final String OPEN = "enclave-timeout";
  private static final String NOTHING_MORE = "busy";

  /** Two proofs of the client's reckoning, so that more digests are several requests. */
  private static final int TWO_AT_ONCE = 60 * 1024;

  private final List<Duration> pauses = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HonestServer honest;

  /** One answer after the other; {@code proofs} are the honest ones for the request. */
  private interface Step {
    Reply answer(List<JsonObject> proofs) throws Exception;
  }

  CommitterTest() throws Exception {
    honest = new HonestServer();
    open.add(honest);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(busy(), Reason.UNAVAILABLE),
        Arguments.of(Reply.json(429, "{}").with("Retry-After", "3600"), Reason.RATE_LIMITED),
        Arguments.of(Reply.json(401, "{}"), Reason.UNAUTHORIZED),
        Arguments.of(Reply.json(400, "{}"), Reason.REFUSED));
  }

  private static Reply busy() {
    return Reply.json(503, "{\"code\":\"busy\"}").with("Retry-After", "3600");
  }

  @ParameterizedTest
  @MethodSource("endings")
  void commit_refusedAfterAnOpenBreak_mayHaveTakenEffect(Reply ending, Reason reason)
      throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, made.subList(0, 1)), made -> ending);
    OccClientException e = failure(builder(server), 2);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.proofs()).extracting(Proof::artifactDigest).isEqualTo(digests(1));
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void commit_refusedAfterABreakThatMadeNoMore_hadNoEffect(Reply ending, Reason reason)
      throws Exception {
    ScriptedServer server =
        server(made -> brokenOff(NOTHING_MORE, made.subList(0, 1)), made -> ending);
    OccClientException e = failure(builder(server), 2);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.proofs()).hasSize(1);
    assertThat(e.mayHaveTakenEffect()).isFalse();
  }

  @Test
  void commit_serverGoneAfterAnOpenBreak_mayHaveTakenEffect() throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, made.subList(0, 1)));
    OccClientException e = failure(builder(server, pause -> close(server)), 2);
    assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(e.proofs()).hasSize(1);
    assertThat(e.mayHaveTakenEffect()).isTrue();
  }

  private static boolean close(ScriptedServer server) {
    try {
      server.close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void commit_interruptedInThePauseAfterAnOpenBreak_mayHaveTakenEffect() throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, made.subList(0, 1)));
    OccClientException e =
        failure(
            builder(
                server,
                pause -> {
                  throw new InterruptedException();
                }),
            2);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(e.proofs()).hasSize(1);
    assertThat(e.mayHaveTakenEffect()).isTrue();
  }

  @Test
  void commit_laterRequestRefusedAfterAnOpenBreak_mayHaveTakenEffect() throws Exception {
    ScriptedServer server =
        server(
            made -> brokenOff(OPEN, made.subList(0, 1)),
            HonestServer::ok,
            made -> Reply.json(401, "{}"));
    OccClientException e = failure(builder(server).maxResponseBytes(TWO_AT_ONCE), 4);
    assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(e.proofs()).hasSize(3);
    assertThat(e.mayHaveTakenEffect()).isTrue();
  }

  @Test
  void commit_laterRequestRefusedAfterAnErrorWithAllProofs_hadNoEffect() throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, made), made -> Reply.json(401, "{}"));
    OccClientException e = failure(builder(server).maxResponseBytes(TWO_AT_ONCE), 4);
    assertThat(e.proofs()).hasSize(2);
    assertThat(e.mayHaveTakenEffect()).isFalse();
  }

  @Test
  void commit_oneDigestWithAnOpenOutcome_isNotAskedForAgain() throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, List.of()), HonestServer::ok);
    OccClientException e = failure(builder(server), 1);
    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.code()).contains(OPEN);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(server.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void commit_oneDigestThatWasNotBegun_isAskedForAgain() throws Exception {
    ScriptedServer server = server(made -> brokenOff(NOTHING_MORE, List.of()), HonestServer::ok);
    assertThat(builder(server).build().commit(digests(1), CommitOptions.NONE)).hasSize(1);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void commit_callerWantsNoMoreAttempts_endsWithTheFailureAndTheProofs() throws Exception {
    ScriptedServer server = server(made -> brokenOff(OPEN, made.subList(0, 1)));
    OccClientException e = failure(builder(server, pause -> false), 2);
    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(e.code()).contains(OPEN);
    assertThat(e.proofs()).hasSize(1);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commit_callerWantsNoMoreAttemptsOfWhatWasNotBegun_hadNoEffect() throws Exception {
    ScriptedServer server = server(made -> Reply.json(429, "{}"));
    OccClientException e = failure(builder(server, pause -> false), 2);
    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(e.mayHaveTakenEffect()).isFalse();
    assertThat(server.requests()).hasSize(1);
  }

  private ScriptedServer server(Step... steps) throws IOException {
    Queue<Step> left = new ConcurrentLinkedQueue<>(List.of(steps));
    ScriptedServer server =
        ScriptedServer.start(request -> left.remove().answer(honest.commit(request)));
    open.add(server);
    return server;
  }

  private OccClient.Builder builder(ScriptedServer server) {
    return builder(server, pause -> true);
  }

  private OccClient.Builder builder(ScriptedServer server, Waiter waiter) {
    return OccClient.builder(server.url())
        .pauses(
            Clock.systemUTC(),
            pause -> {
              pauses.add(pause);
              return waiter.pause(pause);
            },
            () -> 0.5);
  }

  private static OccClientException failure(OccClient.Builder client, int digests) {
    return catchThrowableOfType(
        OccClientException.class,
        () -> client.build().commit(digests(digests), CommitOptions.NONE));
  }

  private static List<Bytes> digests(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> Bytes.sha256(("artifact " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
