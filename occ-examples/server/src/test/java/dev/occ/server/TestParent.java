package dev.occ.server;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A parent server, and what a test asks it. */
final class TestParent implements AutoCloseable {
  static final String KEY = "k3y-for-tests-0123456789";
  static final String OTHER_KEY = "another-key-for-tests-98";
  static final String HELLO = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";

  private final ParentServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestParent(ParentServer server) {
    this.server = server;
  }

  static TestParent of(TestEnclave enclave) throws IOException {
    return of(enclave.address(), limits -> {}, server -> {});
  }

  static TestParent of(EnclaveAddress enclave, Consumer<ParentLimits.Builder> limits)
      throws IOException {
    return of(enclave, limits, server -> {});
  }

  static TestParent of(
      EnclaveAddress enclave,
      Consumer<ParentLimits.Builder> limits,
      Consumer<ParentServer.Builder> change)
      throws IOException {
    return of(ApiKeys.of(List.of(KEY, OTHER_KEY)), enclave, limits, change);
  }

  static TestParent of(
      ApiKeys keys,
      EnclaveAddress enclave,
      Consumer<ParentLimits.Builder> limits,
      Consumer<ParentServer.Builder> change)
      throws IOException {
    ParentLimits.Builder values =
        ParentLimits.builder().probeInterval(Duration.ofDays(1)).stopTimeout(Duration.ofSeconds(5));
    limits.accept(values);
    ParentServer.Builder builder =
        ParentServer.builder(enclave, keys).limits(values.build());
    change.accept(builder);
    return new TestParent(builder.start());
  }

  ParentServer server() {
    return server;
  }

  HttpClient client() {
    return client;
  }

  /** A request, with the key of the tests. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + KEY);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.address().getPort() + path))
        .timeout(Duration.ofMinutes(1));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(anonymous(path).build());
  }

  /** Posts JSON, written with single quotes, with the key. */
  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return post(path, BodyPublishers.ofString(json.replace('\'', '"')));
  }

  HttpResponse<String> post(String path, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", "application/json").POST(body).build());
  }

  /** Posts JSON, written with single quotes, with another key. */
  HttpResponse<String> postAs(String key, String path, String json)
      throws IOException, InterruptedException {
    return send(
        anonymous(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.replace('\'', '"')))
            .build());
  }

  HttpResponse<String> metrics() throws IOException, InterruptedException {
    int port = server.managementAddress().getPort();
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build());
  }

  RawHttp raw() throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address());
    return new RawHttp(socket);
  }

  /** The member {@code digests} of so many different digests. */
  static String digests(int count) {
    List<JsonValue> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      digests.add(
          JsonObject.builder()
              .put("digestB64", digest(i).toBase64())
              .put("hashAlg", new JsonString("sha256"))
              .build());
    }
    return "\"digests\":" + new JsonArray(digests);
  }

  static Bytes digest(int i) {
    return Bytes.sha256(("artifact " + i).getBytes(StandardCharsets.UTF_8));
  }

  static JsonObject object(HttpResponse<String> answer) throws JsonException {
    return (JsonObject) value(answer);
  }

  static JsonValue value(HttpResponse<String> answer) throws JsonException {
    return JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  static String code(HttpResponse<String> answer) throws JsonException {
    return text(object(answer), "code");
  }

  static String text(JsonObject object, String name) {
    return object.get(name).map(value -> ((JsonString) value).text()).orElse("(none)");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
