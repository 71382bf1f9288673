package dev.occ.client;

import static dev.occ.client.HonestServer.brokenOff;
import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors with proofs: what was made is kept, and the rest is requested again only if that is safe.
 */
final class BrokenOffBatchTest extends ClientFixture {
  BrokenOffBatchTest() throws Exception {}

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
    ScriptedServer server =
        server(request -> brokenOff(honest.commit(withoutAgency(request)).subList(0, 1)));
    CommitOptions options = CommitOptions.builder().agency(JsonObject.empty()).build();
    assertThatThrownBy(() -> client(server).commit(digests(1001), options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(failure(client(server), options).reason()).isEqualTo(Reason.PROOF_AGENCY);
    ScriptedServer empty = server(request -> brokenOff(List.of()));
    assertThat(failure(client(empty), options).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(empty.requests()).hasSize(1);
    assertThat(empty.requests().get(0).body()).contains("\"agency\":{}");
  }

  private static ScriptedServer.Request withoutAgency(ScriptedServer.Request request) {
    String body = request.body().replace(",\"agency\":{}", "");
    assertThat(body).isNotEqualTo(request.body());
    return new ScriptedServer.Request(request.method(), request.path(), request.headers(), body);
  }

  @Test
  void commit_withAgencyAndAnAnswerThatMayBeTooLong_isRefusedBeforeAnyRequest() throws Exception {
    ScriptedServer server = server(request -> Reply.json(401, "{}"));
    CommitOptions options = CommitOptions.builder().agency(JsonObject.empty()).build();
    assertThatThrownBy(() -> client(server).commit(digests(1000), options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }
}
