package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.json.JsonArray;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /verify}, which asks for no key, takes. */
final class VerifyLimitsTest {
  private static final int MAX = 256 * 1024;

  private TestEnclave enclave;
  private TestParent parent;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent = TestParent.of(enclave);
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  private HttpResponse<String> verify(TestParent server, String body) throws Exception {
    return server.send(
        server
            .anonymous("/verify")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** A valid proof with so many bytes of white space after it. */
  private String proof(int length) throws Exception {
    HttpResponse<String> made =
        parent.post("/commit", "{'digests':[{'digestB64':'" + HELLO + "','hashAlg':'sha256'}]}");
    String proof = ((JsonArray) TestParent.value(made)).values().get(0).toString();
    String body = "{\"proof\":" + proof + "}";
    return body + " ".repeat(length - body.length());
  }

  @Test
  void body_asLongAsItMayBe_isTaken() throws Exception {
    HttpResponse<String> answer = verify(parent, proof(MAX));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"valid\":true");
  }

  @Test
  void body_oneByteLonger_isRefused() throws Exception {
    HttpResponse<String> answer = verify(parent, proof(MAX + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(code(answer)).isEqualTo("body-too-large");
  }

  @Test
  void body_ofManyValues_isRefusedUnparsed() throws Exception {
    String values = "{\"\":0},".repeat(10_000);
    HttpResponse<String> answer = verify(parent, "{\"proof\":{\"policy\":[" + values + "not JSON");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(code(answer)).isEqualTo("request-too-large");
  }

  @Test
  void commit_longerBody_isTakenAsBefore() throws Exception {
    String digest = "{'digestB64':'" + HELLO + "','hashAlg':'sha256'}";
    String spaces = " ".repeat(MAX);
    assertThat(parent.post("/commit", "{'digests':[" + digest + "]" + spaces + "}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void limit_given_isTheLimit() throws Exception {
    try (TestParent small =
        TestParent.of(enclave.address(), limits -> limits.maxVerifyBytes(4096))) {
      assertThat(verify(small, proof(4096)).statusCode()).isEqualTo(200);
      assertThat(verify(small, proof(4097)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void key_askedFor_isRequired() throws Exception {
    try (TestParent keyed =
        TestParent.of(enclave.address(), limits -> {}, ParentServer.Builder::verifyWithKey)) {
      String body = proof(2000);
      HttpResponse<String> anonymous = verify(keyed, body);
      assertThat(anonymous.statusCode()).isEqualTo(401);
      assertThat(code(anonymous)).isEqualTo("unauthorized");
      assertThat(keyed.post("/verify", BodyPublishers.ofString(body)).statusCode()).isEqualTo(200);
    }
  }
}
