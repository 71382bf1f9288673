package dev.occ.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.RetryPolicy;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OccServerTest {
  private static final List<Bytes> DIGESTS =
      IntStream.range(0, 3).mapToObj(i -> Bytes.sha256(new byte[] {(byte) i})).toList();

  @Test
  void commit_withItsPolicy_givesProofsThatVerify() throws Exception {
    try (OccServer server = OccServer.start()) {
      List<Proof> proofs = client(server).commit(DIGESTS, CommitOptions.NONE);
      assertThat(proofs).hasSize(3);
      assertThat(server.commitRequests()).isEqualTo(1);
      assertThat(server.verifier().verifyProofOnly(proofs.get(2))).isInstanceOf(ValidProof.class);
      assertThat(proofs.get(0).environment().enforcement()).isEqualTo(EnforcementTier.STUB);
    }
  }

  @Test
  void policy_always_refusesProofsOfOthers() throws Exception {
    try (OccServer server = OccServer.start();
        OccServer other = OccServer.start()) {
      Proof foreign = client(other).commit(DIGESTS.get(0));
      VerificationResult result = server.verifier().verifyProofOnly(foreign);
      assertThat(result).isInstanceOf(Rejected.class);
      assertThat(((Rejected) result).reason()).isEqualTo(Rejection.POLICY_PUBLIC_KEY);
    }
  }

  @Test
  void measured_always_pinsItsMeasurementAcrossRestarts() throws Exception {
    try (OccServer server = OccServer.builder().measured().start()) {
      OccClient client =
          OccClient.builder(server.url())
              .apiKey(server.apiKey())
              .verifier(server.verifier())
              .build();
      Proof before = client.commit(DIGESTS.get(0));
      server.restart();
      Proof after = client.commit(DIGESTS.get(1));
      assertThat(server.measurement()).matches("[0-9a-f]{96}");
      assertThat(List.of(before, after))
          .allSatisfy(
              p -> assertThat(server.verifier().verifyProofOnly(p)).isInstanceOf(ValidProof.class));
      assertThat(before.publicKey()).isNotEqualTo(after.publicKey());
    }
  }

  @Test
  void restart_always_makesAnotherKey() {
    try (OccServer server = OccServer.start()) {
      Bytes before = server.publicKey();
      server.restart();
      assertThat(server.publicKey()).isNotEqualTo(before);
    }
  }

  @Test
  void failNext_unavailableMidway_losesNoProof() throws Exception {
    try (OccServer server = OccServer.start()) {
      server.failNext(Fault.unavailableAfter(2));
      OccClientException e =
          catchThrowableOfType(
              OccClientException.class,
              () -> never(server).build().commit(DIGESTS, CommitOptions.NONE));
      assertThat(e.proofs()).hasSize(2);
      assertThat(client(server).commit(DIGESTS, CommitOptions.NONE)).hasSize(3);
    }
  }

  @Test
  void failNext_statusOnce_isRepeatedByTheClient() throws Exception {
    try (OccServer server = OccServer.start()) {
      server.failNext(Fault.status(503, "busy"));
      assertThat(client(server).commit(DIGESTS, CommitOptions.NONE)).hasSize(3);
      assertThat(server.commitRequests()).isEqualTo(2);
    }
  }

  @Test
  void failNext_restartMidway_answersEpochChanged() throws Exception {
    try (OccServer server = OccServer.start()) {
      Bytes before = server.publicKey();
      server.failNext(Fault.restartAfter(1));
      HttpResponse<String> answer = post(server, "/commit", body(2), server.apiKey());
      JsonView view = JsonView.of(JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8)));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(view.text("code")).isEqualTo("epoch-changed");
      assertThat(view.optionalViews("proofs").orElseThrow()).hasSize(1);
      assertThat(server.publicKey()).isNotEqualTo(before);
    }
  }

  @Test
  void failNext_hangOrCut_leavesTheOutcomeUnknown() {
    try (OccServer server = OccServer.start()) {
      server.failNext(Fault.hang()).failNext(Fault.cutAnswer());
      OccClient client = never(server).requestTimeout(Duration.ofMillis(500)).build();
      for (int i = 0; i < 2; i++) {
        OccClientException e =
            catchThrowableOfType(OccClientException.class, () -> client.commit(DIGESTS.get(0)));
        assertThat(e.mayHaveTakenEffect()).isTrue();
      }
    }
  }

  @Test
  void request_outsideTheApi_isRefusedWithItsCode() throws Exception {
    try (OccServer server = OccServer.start()) {
      String key = server.apiKey();
      assertThat(code(post(server, "/commit", body(1), "wrong-key"), 401))
          .isEqualTo("unauthorized");
      assertThat(code(post(server, "/commit", "{}", key), 400)).isEqualTo("missing-member");
      assertThat(code(post(server, "/commit", "{", key), 400)).isEqualTo("malformed");
      assertThat(code(post(server, "/key", "{}", key), 405)).isEqualTo("method-not-allowed");
      assertThat(code(post(server, "/nothing", "{}", key), 404)).isEqualTo("not-found");
      assertThat(code(post(server, "/commit", " ".repeat(1024 * 1024 + 1), key), 413))
          .isEqualTo("body-too-large");
    }
  }

  @Test
  void otherCalls_always_answerAsSpecified() throws Exception {
    try (OccServer server = OccServer.start()) {
      OccClient client = client(server);
      Proof proof = client.commit(DIGESTS.get(0));
      assertThat(client.health().ok()).isTrue();
      assertThat(client.key().publicKey()).isEqualTo(server.publicKey());
      assertThat(client.allocateSlot("other").chainId()).isEqualTo("other");
      assertThat(Bytes.fromBase64(client.challenge()).size()).isEqualTo(32);
      assertThat(client.verify(proof).valid()).isTrue();
      assertThat(client.verify(proof, server.policy()).valid()).isTrue();
    }
  }

  @Test
  void faults_outOfRange_areRefused() {
    assertThatThrownBy(() -> Fault.status(200, "ok")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.unavailableAfter(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OccClient client(OccServer server) {
    return OccClient.builder(server.url())
        .apiKey(server.apiKey())
        .policy(server.policy())
        .waiter(pause -> true)
        .build();
  }

  private static OccClient.Builder never(OccServer server) {
    return OccClient.builder(server.url())
        .apiKey(server.apiKey())
        .policy(server.policy())
        .retryPolicy(RetryPolicy.NEVER);
  }

  private static String body(int digests) {
    StringBuilder body = new StringBuilder("{\"digests\":[");
    for (int i = 0; i < digests; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"hashAlg\":\"sha256\",\"digestB64\":\"")
          .append(DIGESTS.get(i).toBase64())
          .append("\"}");
    }
    return body.append("]}").toString();
  }

  private static HttpResponse<String> post(OccServer server, String path, String body, String key)
      throws Exception {
    URI uri = server.url().resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String code(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonView.of(JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8))).text("code");
  }
}
