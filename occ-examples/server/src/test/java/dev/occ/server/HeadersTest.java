package dev.occ.server;

import static dev.occ.server.TestParent.KEY;
import static dev.occ.server.TestParent.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands beside the answers: CORS, ids, security headers, the log, metrics, the page. */
final class HeadersTest {
  private static TestEnclave enclave;
  private static TestParent parent;

  @BeforeAll
  static void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent = TestParent.of(enclave);
  }

  @AfterAll
  static void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  @Test
  void cors_preflight_allowsWhatClientsSend() throws Exception {
    HttpResponse<String> answer =
        parent.send(
            parent
                .anonymous("/commit")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    assertThat(answer.statusCode()).isEqualTo(204);
    assertHeader(answer, "Access-Control-Allow-Origin", "*");
    assertHeader(answer, "Access-Control-Allow-Methods", "POST, OPTIONS");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Content-Type");
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).isPresent();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void cors_errorsToo_canBeRead() throws Exception {
    for (String path : List.of("/nope", "/commit", "/key")) {
      HttpResponse<String> answer = parent.get(path);
      assertHeader(answer, "Access-Control-Allow-Origin", "*");
      assertHeader(answer, "Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
      assertHeader(answer, "Cache-Control", "no-store");
      assertHeader(answer, "X-Content-Type-Options", "nosniff");
    }
  }

  @Test
  void requestId_sane_isTakenOver() throws Exception {
    HttpResponse<String> answer =
        parent.send(parent.anonymous("/key").header("X-Request-Id", "abc-1.2_Z").build());
    assertHeader(answer, "X-Request-Id", "abc-1.2_Z");
  }

  @Test
  void requestId_notSane_isReplaced() throws Exception {
    for (String id : new String[] {"a b", "x".repeat(65), "<script>", "a,b"}) {
      HttpResponse<String> answer =
          parent.send(parent.anonymous("/key").header("X-Request-Id", id).build());
      assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{16}");
    }
  }

  @Test
  void head_ofGetCalls_hasTheLengthAndNoBody() throws Exception {
    HttpResponse<String> answer =
        parent.send(parent.anonymous("/health").method("HEAD", BodyPublishers.noBody()).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertHeader(answer, "Content-Length", "11");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void log_always_namesTheKeyByItsPlaceAndNothingSecret() throws Exception {
    try (LogTap log = LogTap.of("dev.occ.access")) {
      HttpResponse<String> ok =
          parent.send(
              parent
                  .request("/commit")
                  .header("X-Request-Id", "log-test-1")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{" + digests(1) + "}"))
                  .build());
      assertThat(ok.statusCode()).isEqualTo(200);
      HttpResponse<String> lost =
          parent.send(
              parent
                  .anonymous("/" + KEY + "/" + TestParent.HELLO)
                  .header("X-Request-Id", "log-test-2")
                  .build());
      assertThat(lost.statusCode()).isEqualTo(404);
      assertThat(log.line("log-test-1"))
          .matches("[^ ]+ 127\\.0\\.0\\.1 POST /commit 200 \\d+ B \\d+ ms key-1 -");
      assertThat(log.line("log-test-2"))
          .matches("[^ ]+ 127\\.0\\.0\\.1 GET - 404 \\d+ B \\d+ ms - not-found");
      assertThat(log.lines())
          .allSatisfy(
              line ->
                  assertThat(line)
                      .doesNotContain(KEY, TestParent.HELLO, TestParent.digest(0).toBase64()))
          .satisfiesOnlyOnce(line -> assertThat(line).startsWith("log-test-1 "))
          .satisfiesOnlyOnce(line -> assertThat(line).startsWith("log-test-2 "));
    }
  }

  @Test
  void metrics_always_haveHelpAndTypeAndBoundedLabels() throws Exception {
    PressureTest.assertServes(parent);
    assertThat(parent.get("/random-" + System.nanoTime()).statusCode()).isEqualTo(404);
    HttpResponse<String> answer = parent.metrics();
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("# HELP occ_commits_total ", "# TYPE occ_commits_total counter")
        .contains("# TYPE occ_request_duration_seconds histogram")
        .contains(
            "occ_request_duration_seconds_bucket{call=\"/commit\",status=\"200\",le=\"+Inf\"}")
        .contains("# TYPE occ_pending_slots gauge", "occ_enclave_up 1.0", "occ_epoch_info{")
        .doesNotContain("random-");
  }

  @Test
  void page_always_hasAStrictPolicyAndAnETag() throws Exception {
    HttpResponse<String> page = parent.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertHeader(page, "Content-Type", "text/html; charset=utf-8");
    assertHeader(
        page,
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertHeader(page, "X-Content-Type-Options", "nosniff");
    assertHeader(page, "Referrer-Policy", "no-referrer");
    assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    String etag = page.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        parent.send(parent.anonymous("/").header("If-None-Match", etag).build());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  private static void assertHeader(HttpResponse<String> answer, String name, String value) {
    assertThat(answer.headers().allValues(name)).containsExactly(value);
  }
}
