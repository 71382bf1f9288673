package dev.occ.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of the client share: an honest server, scripted ones, and recorded pauses. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ClientFixture {
  static final String KEY = "the-secret-key";
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final CommitOptions ALL =
      CommitOptions.builder()
          .chainId("invoices")
          .attribution(Attribution.of("Ada"))
          .policy(PolicyBinding.of(digest("policy")))
          .principal(Principal.of("ada"))
          .metadata(JsonObject.builder().put("note", "hi").build())
          .build();

  final List<Duration> pauses = new ArrayList<>();
  final List<AutoCloseable> open = new ArrayList<>();
  final HonestServer honest;

  ClientFixture() throws Exception {
    honest = new HonestServer();
    open.add(honest);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  final ScriptedServer server(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = ScriptedServer.start(script);
    open.add(server);
    return server;
  }

  final OccClient client(ScriptedServer server) {
    return builder(server).build();
  }

  final OccClient.Builder builder(ScriptedServer server) {
    return builder(server.url());
  }

  final OccClient.Builder builder(URI url) {
    return OccClient.builder(url)
        .apiKey(KEY)
        .pauses(Clock.fixed(NOW, ZoneOffset.UTC), pauses::add, () -> 0.5);
  }

  static OccClientException failure(OccClient client, CommitOptions options) {
    return catchThrowableOfType(OccClientException.class, () -> client.commit(digests(3), options));
  }

  static List<Bytes> digests(int number) {
    return IntStream.range(0, number).mapToObj(i -> digest("artifact " + i)).toList();
  }

  static Bytes digest(String content) {
    return Bytes.sha256(content.getBytes(StandardCharsets.UTF_8));
  }
}
