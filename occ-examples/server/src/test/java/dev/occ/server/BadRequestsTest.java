package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.code;
import static dev.occ.server.TestParent.digests;
import static dev.occ.server.TestParent.object;
import static dev.occ.server.TestParent.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is made, each with its answer of {@code docs/http-api.md}. */
final class BadRequestsTest {
  private static final String OK_BODY =
      "{\"digests\":[{\"digestB64\":\"" + HELLO + "\",\"hashAlg\":\"sha256\"}]}";

  private static TestEnclave enclave;
  private static TestParent parent;
  private static int signaturesBefore;

  @BeforeAll
  static void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent = TestParent.of(enclave);
    signaturesBefore = enclave.signer().signatures();
  }

  @AfterAll
  static void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  @AfterEach
  void nothingWasMade() {
    assertThat(enclave.signer().signatures()).isEqualTo(signaturesBefore);
  }

  /** Inside of the limit of bytes, and forty times as much once it is parsed. */
  @ParameterizedTest
  @ValueSource(strings = {"/commit", "/verify"})
  void body_ofManySmallValues_is413(String path) throws Exception {
    String heavy = "{\"proof\":[" + "{\"\":0},".repeat(140_000) + "0]}";
    assertRefused(parent.post(path, BodyPublishers.ofString(heavy)), 413, "request-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer wrong-key-0123456789",
        "Basic " + TestParent.KEY,
        TestParent.KEY,
        "Bearer " + TestParent.KEY + "x",
        "Bearer " + TestParent.KEY + "," + TestParent.OTHER_KEY
      })
  void commit_wrongKey_is401(String authorization) throws Exception {
    for (String path : new String[] {"/commit", "/allocate-slot", "/challenge"}) {
      HttpRequest.Builder request =
          parent
              .anonymous(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(OK_BODY));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      HttpResponse<String> answer = parent.send(request.build());
      assertRefused(answer, 401, "unauthorized");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @Test
  void commit_twoAuthorizations_is401() throws Exception {
    HttpResponse<String> answer =
        parent.send(
            parent
                .request("/commit")
                .header("Authorization", "Bearer " + TestParent.OTHER_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OK_BODY))
                .build());
    assertRefused(answer, 401, "unauthorized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/json; charset=utf-16",
        "application/json;charset=\"iso-8859-1\""
      })
  void commit_wrongType_is415(String type) throws Exception {
    HttpRequest request =
        parent
            .request("/commit")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(OK_BODY))
            .build();
    assertRefused(parent.send(request), 415, "unsupported-media-type");
  }

  @Test
  void commit_noType_is415() throws Exception {
    HttpRequest request = parent.request("/commit").POST(BodyPublishers.ofString(OK_BODY)).build();
    assertRefused(parent.send(request), 415, "unsupported-media-type");
  }

  @Test
  void commit_encodedBody_is415() throws Exception {
    HttpRequest request =
        parent
            .request("/commit")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString(OK_BODY))
            .build();
    assertRefused(parent.send(request), 415, "unsupported-media-type");
  }

  @Test
  void commit_twoMebibytes_is413() throws Exception {
    byte[] large = new byte[2 * 1024 * 1024];
    assertRefused(parent.post("/commit", BodyPublishers.ofByteArray(large)), 413, "body-too-large");
  }

  @Test
  void commit_twoMebibytesInChunks_is413() throws Exception {
    byte[] large = new byte[2 * 1024 * 1024];
    HttpResponse<String> answer =
        parent.post("/commit", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)));
    assertRefused(answer, 413, "body-too-large");
  }

  @Test
  void commit_1001Digests_is400() throws Exception {
    assertRefused(parent.post("/commit", "{" + digests(1001) + "}"), 400, "too-many-digests");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                  | malformed",
        "nothing                                            | malformed",
        "{'digests':[]} x                                   | trailing-content",
        "[]                                                 | wrong-type",
        "{'digests':[],'digests':[]}                        | duplicate-member",
        "{}                                                 | missing-member",
        "{'digests':[]}                                     | empty",
        "{'digests':{}}                                     | wrong-type",
        "{'digests':['x']}                                  | wrong-type",
        "{'digests':null}                                   | wrong-type",
        "{'digests':[{'hashAlg':'sha256'}]}                 | missing-member",
        "{'digests':[{'digestB64':'HELLO'}]}                | missing-member",
        "{'digests':[{'digestB64':'HELLO','hashAlg':'md5'}]}    | unsupported-algorithm",
        "{'digests':[{'digestB64':'HELLO','hashAlg':'SHA256'}]} | unsupported-algorithm",
        "{'digests':[{'digestB64':'*','hashAlg':'sha256'}]}     | invalid-base64",
        "{'digests':[{'digestB64':'AA==','hashAlg':'sha256'}]}  | invalid-length",
        "{'digests':[{'digestB64':7,'hashAlg':'sha256'}]}       | wrong-type",
        "{OK,'chainId':''}                                  | invalid-chain-id",
        "{OK,'chainId':7}                                   | wrong-type",
        "{OK,'metadata':[]}                                 | wrong-type",
        "{OK,'metadata':null}                               | wrong-type",
        "{OK,'metadata':{'x':[{'10':1}]}}                   | index-name",
        "{OK,'attribution':{'name':'n','0':'x'}}            | index-name",
        "{OK,'attribution':{}}                              | empty",
        "{OK,'policy':{'name':'p'}}                         | missing-member",
        "{OK,'principal':{'id':1}}                          | wrong-type",
        "{OK,'agency':{}}                                   | missing-member",
      })
  void commit_badBody_is400WithItsCode(String body, String code) throws Exception {
    String ok = "'digests':[{'digestB64':'" + HELLO + "','hashAlg':'sha256'}]";
    HttpResponse<String> answer =
        parent.post("/commit", body.replace("OK", ok).replace("HELLO", HELLO));
    assertRefused(answer, 400, code);
  }

  @Test
  void commit_nonCanonicalBase64_is400() throws Exception {
    String bad = HELLO.substring(0, 42) + "l=";
    HttpResponse<String> answer =
        parent.post("/commit", "{'digests':[{'digestB64':'" + bad + "','hashAlg':'sha256'}]}");
    assertRefused(answer, 400, "invalid-base64");
    assertThat(text(object(answer), "error")).startsWith("/digests/0/digestB64 ");
  }

  @Test
  void commit_lastOfManyDigestsBad_makesNothing() throws Exception {
    String good = digests(500);
    String body =
        "{" + good.substring(0, good.length() - 1) + ",{'digestB64':'x','hashAlg':'sha256'}]}";
    assertRefused(parent.post("/commit", body), 400, "invalid-base64");
  }

  @Test
  void commit_invalidUtf8_is400() throws Exception {
    byte[] body = {'{', '"', (byte) 0xc3, '"', '}'};
    assertRefused(parent.post("/commit", BodyPublishers.ofByteArray(body)), 400, "invalid-utf8");
  }

  @Test
  void commit_tooDeep_is400() throws Exception {
    String deep = "{'metadata':{'a':" + "[".repeat(70) + "]".repeat(70) + "}}";
    assertRefused(parent.post("/commit", deep), 400, "too-deep");
  }

  @Test
  void commit_metadataLargerThanTheEnclaveTakes_is413() throws Exception {
    String metadata = "{'x':'" + "y".repeat(70_000) + "'}";
    HttpResponse<String> answer =
        parent.post("/commit", "{" + digests(1) + ",'metadata':" + metadata + "}");
    assertRefused(answer, 413, "request-too-large");
  }

  @Test
  void commit_endlessMemberName_isAnsweredShortly() throws Exception {
    String name = "\uD83D\uDE00".repeat(10_000);
    HttpResponse<String> answer =
        parent.post("/verify", "{'proof':{},'policy':{'x" + name + "':1}}");
    assertRefused(answer, 400, "unknown-member");
    assertThat(answer.body()).hasSizeLessThan(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/commit/", "/Commit", "/health/x", "/app.js/..%2f", "/metrics"})
  void anything_unknownPath_is404(String path) throws Exception {
    HttpResponse<String> answer = parent.get(path);
    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(code(answer)).isIn("not-found", "bad-request");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/commit,'POST, OPTIONS'",
    "GET,/commit,'POST, OPTIONS'",
    "HEAD,/verify,'POST, OPTIONS'",
    "DELETE,/health,'GET, HEAD, OPTIONS'",
    "POST,/key,'GET, HEAD, OPTIONS'",
    "POST,/,'GET, HEAD, OPTIONS'",
    "BREW,/commit,'POST, OPTIONS'",
  })
  void anything_unknownMethod_is405WithAllow(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> answer =
        parent.send(parent.request(path).method(method, BodyPublishers.noBody()).build());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
    if (!method.equals("HEAD")) {
      assertThat(code(answer)).isEqualTo("method-not-allowed");
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(object(answer).members().keySet()).containsExactly("error", "code");
    assertThat(code(answer)).isEqualTo(code);
  }
}
