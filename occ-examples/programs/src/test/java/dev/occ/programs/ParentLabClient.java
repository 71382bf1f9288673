package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.EnclaveIdentity;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An application's side of the lab's stage {@code parent}: commits over HTTP to a parent server,
 * which asks the enclave program over vsock. Run in the guest of the NSM lab; ends with an
 * exception if anything is not as it should be.
 */
final class ParentLabClient {
  private static final byte[] ARTIFACT = "hello world".getBytes(StandardCharsets.UTF_8);
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(500);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String key;

  private ParentLabClient(String url, String key) {
    this.url = url;
    this.key = key;
  }

  public static void main(String[] args) throws Exception {
    ParentLabClient lab = new ParentLabClient(args[0], args[1]);
    lab.awaitHealth();
    EnclaveIdentity identity = lab.identity();
    assertThat(identity.enforcement()).isEqualTo(EnforcementTier.MEASURED_TEE);
    Proof proof = lab.commit();
    assertThat(proof.declaredHash()).hasValue(proof.proofHash());
    EnclaveLabClient.check(proof, ARTIFACT, identity);
    System.out.println("a proof over HTTP and vsock, PCR0 " + identity.measurement());
  }

  private void awaitHealth() throws Exception {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    String last = "nobody answered";
    while (System.nanoTime() - deadline < 0) {
      try {
        HttpResponse<String> answer = send(request("/health").build());
        if (answer.statusCode() == 200) {
          return;
        }
        last = answer.body();
      } catch (ConnectException e) {
        last = String.valueOf(e); // the server has not started yet
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new AssertionError("no health: " + last);
  }

  private EnclaveIdentity identity() throws Exception {
    JsonObject key = (JsonObject) json(send(request("/key").build()));
    return new EnclaveIdentity(
        Bytes.fromBase64(text(key, "publicKeyB64")),
        text(key, "measurement"),
        EnforcementTier.fromWireName(text(key, "enforcement")).orElseThrow(),
        text(key, "epochId"));
  }

  private Proof commit() throws Exception {
    String digest = Bytes.sha256(ARTIFACT).toBase64();
    String body = "{\"digests\":[{\"digestB64\":\"" + digest + "\",\"hashAlg\":\"sha256\"}]}";
    HttpResponse<String> answer =
        send(
            request("/commit")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Proof.of(((JsonArray) json(answer)).values().get(0));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(1));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonValue json(HttpResponse<String> answer) throws Exception {
    return JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonObject object, String name) {
    return ((JsonString) object.get(name).orElseThrow()).text();
  }
}
