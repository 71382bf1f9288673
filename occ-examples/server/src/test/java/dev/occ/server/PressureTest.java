package dev.occ.server;

import static dev.occ.server.TestParent.KEY;
import static dev.occ.server.TestParent.code;
import static dev.occ.server.TestParent.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.json.JsonArray;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slow clients, many clients, quotas, and hostile HTTP: each has its answer and its end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PressureTest {
  private static final String HOST = "Host: x\r\n";
  private static final String COMMIT =
      "POST /commit HTTP/1.1\r\n"
          + HOST
          + "Authorization: Bearer "
          + KEY
          + "\r\nContent-Type: application/json\r\n";

  private TestEnclave enclave;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
  }

  @AfterEach
  void stop() {
    enclave.close();
  }

  private TestParent hasty() throws IOException {
    return TestParent.of(
        enclave.address(),
        limits ->
            limits
                .headerTimeout(Duration.ofSeconds(1))
                .bodyTimeout(Duration.ofSeconds(1))
                .idleTimeout(Duration.ofSeconds(20)));
  }

  @Test
  void body_thatStalls_is408AndTheConnectionEnds() throws Exception {
    try (TestParent parent = hasty();
        RawHttp raw = parent.raw()) {
      raw.send(COMMIT + "Content-Length: 100\r\n\r\n{\"dig");
      assertThat(raw.readToEnd())
          .startsWith("HTTP/1.1 408 ")
          .contains("Connection: close")
          .endsWith("\"code\":\"request-timeout\"}");
      assertServes(parent);
    }
  }

  @Test
  void body_thatTrickles_ends() throws Exception {
    try (TestParent parent = hasty();
        RawHttp raw = parent.raw()) {
      raw.send(COMMIT + "Transfer-Encoding: chunked\r\n\r\n");
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 10_000; i++) {
                    raw.send("1\r\n{\r\n");
                    TimeUnit.MILLISECONDS.sleep(20);
                  }
                } catch (InterruptedException | RuntimeException e) {
                  return; // the server has ended it
                }
              });
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 408 ");
      sender.get(1, TimeUnit.MINUTES);
      assertServes(parent);
    }
  }

  @Test
  void header_thatStalls_isClosed() throws Exception {
    try (TestParent parent = hasty();
        RawHttp raw = parent.raw()) {
      raw.send("POST /commit HTTP/1.1\r\nHost:");
      assertThat(raw.readToEnd()).isEmpty();
    }
  }

  @Test
  void header_thatTricklesOnAKeptConnection_isClosed() throws Exception {
    try (TestParent parent = hasty();
        RawHttp raw = parent.raw()) {
      raw.send("GET /health HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(raw.readTo("{\"ok\":true}")).startsWith("HTTP/1.1 200 ");
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (char c : ("GET /" + "x".repeat(9_000)).toCharArray()) {
                    raw.send(String.valueOf(c));
                    TimeUnit.MILLISECONDS.sleep(20);
                  }
                } catch (InterruptedException | RuntimeException e) {
                  return; // the server has ended it
                }
              });
      assertThat(raw.readToEnd()).isEmpty();
      sender.get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void connection_saysNothing_isClosed() throws Exception {
    try (TestParent parent = hasty();
        RawHttp raw = parent.raw()) {
      assertThat(raw.readToEnd()).isEmpty();
    }
  }

  @Test
  void body_longerThanAnnouncedLimit_isRefusedBeforeItIsSent() throws Exception {
    try (TestParent parent = TestParent.of(enclave);
        RawHttp raw = parent.raw()) {
      raw.send(COMMIT + "Content-Length: 999999999999\r\n\r\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 413 ").contains("body-too-large");
    }
  }

  @Test
  void keepAlive_manyRequests_oneConnection() throws Exception {
    try (TestParent parent = TestParent.of(enclave);
        RawHttp raw = parent.raw()) {
      for (int i = 0; i < 5; i++) {
        raw.send("GET /health HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(raw.readTo("{\"ok\":true}")).startsWith("HTTP/1.1 200 ");
        String body = "{" + digests(1) + "}";
        raw.send(COMMIT + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(raw.readTo("\"}]")).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void connections_twoHundredAtOnce_areAllAnswered() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      List<RawHttp> open = new ArrayList<>();
      try {
        String body = "{" + digests(1) + "}";
        String head = COMMIT + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n";
        for (int i = 0; i < 200; i++) {
          open.add(parent.raw().send(head));
        }
        open.forEach(raw -> raw.send(body));
        for (RawHttp raw : open) {
          assertThat(raw.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
      } finally {
        for (RawHttp raw : open) {
          raw.close();
        }
      }
    }
  }

  @Test
  void requests_moreThanPlaces_are503WithRetryAfter() throws Exception {
    TestSigner.Hold hold = new TestSigner.Hold();
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.maxRequests(2).enclaveConnections(1))) {
      assertServes(parent); // so that the identity is known and only signing blocks
      enclave.signer().onSign(hold);
      List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
      held.add(postLater(parent));
      hold.awaitSigning();
      held.add(postLater(parent));
      TestWait.until(() -> parent.metrics().body().contains("occ_keyed_requests_in_flight 2.0"));
      HttpResponse<String> refused = parent.post("/commit", "{" + digests(1) + "}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(code(refused)).isEqualTo("busy");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(parent.get("/health").statusCode()).as("another lane").isEqualTo(200);
      assertThat(parent.post("/verify", "{'proof':{}}").statusCode()).isEqualTo(200);
      hold.release();
      for (CompletableFuture<HttpResponse<String>> answer : held) {
        assertThat(answer.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
      }
      TestWait.until(() -> parent.metrics().body().contains("occ_keyed_requests_in_flight 0.0"));
    } finally {
      hold.release();
    }
  }

  @Test
  void requests_waitLongerThanTheirTime_areNotBegun() throws Exception {
    AtomicLong clock = new AtomicLong();
    TestSigner.Hold hold = new TestSigner.Hold();
    try (TestParent parent =
        TestParent.of(
            enclave.address(),
            limits -> limits.enclaveConnections(1),
            server -> server.nanoClock(clock::get))) {
      assertServes(parent);
      int before = enclave.signer().signatures();
      enclave.signer().onSign(hold);
      CompletableFuture<HttpResponse<String>> running = postLater(parent);
      hold.awaitSigning();
      CompletableFuture<HttpResponse<String>> waiting = postLater(parent);
      double bodies = 2.0 * ("{" + digests(1) + "}").length();
      TestWait.until(() -> parent.metrics().body().contains("occ_keyed_body_bytes " + bodies));
      clock.addAndGet(Duration.ofSeconds(51).toNanos());
      hold.release();
      assertThat(running.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
      HttpResponse<String> late = waiting.get(1, TimeUnit.MINUTES);
      assertThat(late.statusCode()).as(late.body()).isEqualTo(503);
      assertThat(code(late)).isEqualTo("out-of-time");
      assertThat(late.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(enclave.signer().signatures() - before).as("slot and proof of one").isEqualTo(2);
    } finally {
      hold.release();
    }
  }

  @Test
  void bodies_moreBytesThanHeld_are503() throws Exception {
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.maxBodiesBytes(4096))) {
      try (RawHttp raw = parent.raw()) {
        raw.send(COMMIT + "Content-Length: 6000\r\n\r\n" + " ".repeat(4000));
        // Only once they are held: a post that came first would have this body refused instead.
        TestWait.until(() -> parent.metrics().body().contains("occ_keyed_body_bytes 4000.0"));
        HttpResponse<String> answer = parent.post("/commit", "{" + digests(3) + "}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("busy");
      }
      TestWait.until(() -> parent.post("/commit", "{" + digests(3) + "}").statusCode() == 200);
    }
  }

  @Test
  void answers_moreBytesThanAreLeft_giveBackWhatWasMade() throws Exception {
    TestSigner.Hold hold = new TestSigner.Hold();
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.maxAnswersBytes(150_000))) {
      assertServes(parent);
      int before = enclave.signer().signatures();
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 4) { // its second proof, while the first is held
                  hold.beforeSignature(number);
                }
              });
      String metadata = ",\"metadata\":{\"x\":\"" + "y".repeat(40_000) + "\"}";
      CompletableFuture<HttpResponse<String>> other =
          postLater(parent, "{" + digests(2) + metadata + ",\"chainId\":\"other\"}");
      hold.awaitSigning();
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(3) + metadata + "}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("busy");
      JsonArray proofs = (JsonArray) TestParent.object(answer).get("proofs").orElseThrow();
      assertThat(CallsTest.proofs(proofs)).hasSize(2);
      hold.release();
      assertThat(other.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
    } finally {
      hold.release();
    }
  }

  @Test
  void answer_largerThanAllTogether_is413AndNothingIsMade() throws Exception {
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.maxAnswersBytes(12_000))) {
      assertServes(parent);
      int before = enclave.signer().signatures();
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(2) + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
      assertThat(code(answer)).isEqualTo("request-too-large");
      assertThat(enclave.signer().signatures()).isEqualTo(before);
      assertServes(parent);
    }
  }

  @Test
  void answer_whatTheCallIgnores_takesNoRoom() throws Exception {
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.maxAnswersBytes(20_000))) {
      String blanks = " ".repeat(900_000);
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(2) + blanks + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  @Test
  void allocateSlot_overQuota_is429UntilSlotsExpire() throws Exception {
    AtomicLong clock = new AtomicLong(System.nanoTime());
    try (TestParent parent =
        TestParent.of(
            enclave.address(),
            limits -> limits.slotQuota(2, 3).slotLifetime(Duration.ofMinutes(2)),
            server -> server.nanoClock(clock::get))) {
      assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
      assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = parent.post("/allocate-slot", "{}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(code(refused)).isEqualTo("slot-quota");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("120");
      HttpRequest other =
          parent
              .anonymous("/allocate-slot")
              .header("Authorization", "bearer " + TestParent.OTHER_KEY)
              .POST(BodyPublishers.noBody())
              .build();
      assertThat(parent.send(other).statusCode()).as("another key").isEqualTo(200);
      assertThat(parent.send(other).statusCode()).as("all keys together").isEqualTo(429);
      assertThat(parent.post("/commit", "{" + digests(5) + "}").statusCode()).isEqualTo(200);
      clock.addAndGet(Duration.ofMinutes(3).toNanos());
      assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void challenge_overQuota_is429() throws Exception {
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.challengeQuota(1, 1))) {
      assertThat(parent.post("/challenge", "{}").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = parent.post("/challenge", "{}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(code(refused)).isEqualTo("challenge-quota");
    }
  }

  @Test
  void hostileHttp_always_getsJsonOrAClose() throws Exception {
    String[] requests = {
      "NONSENSE\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/3.7\r\n" + HOST + "\r\n",
      "GET /health HTTP/1.1\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /health HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(40_000) + "\r\n\r\n",
      "GET /" + "y".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
      "GET /../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
      "GET /%00 HTTP/1.1\r\n" + HOST + "\r\n",
      "GET /a\u0000b HTTP/1.1\r\n" + HOST + "\r\n",
      "GET /health HTTP/1.1\r\n" + HOST + "Bad Header: x\r\n\r\n",
      "GET /health HTTP/1.1\r\n" + HOST + " folded: x\r\n\r\n",
      COMMIT + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
      COMMIT + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      COMMIT + "Content-Length: -1\r\n\r\n",
      COMMIT + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
      COMMIT + "Transfer-Encoding: gzip\r\n\r\n{}",
      "CONNECT example.org:443 HTTP/1.1\r\n" + HOST + "\r\n",
      "TRACE / HTTP/1.1\r\n" + HOST + "\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    };
    try (TestParent parent = hasty()) {
      for (String request : requests) {
        try (RawHttp raw = parent.raw()) {
          String answer = raw.send(request + "GET /x HTTP/1.0\r\n\r\n").readToEnd();
          if (!answer.isEmpty()) {
            assertThat(answer).as(request).startsWith("HTTP/1.1 ");
            assertThat(answer.substring(9, 12)).as(request).matches("4..|505");
            assertThat(answer).as(request).doesNotContain("html", "jetty", "Jetty", "Server:");
            assertThat(answer).as(request).contains("\"code\":", "X-Request-Id: ");
          }
        }
      }
      assertServes(parent);
    }
  }

  @Test
  void client_thatDoesNotRead_isCutOff() throws Exception {
    try (TestParent parent =
            TestParent.of(
                enclave.address(), limits -> limits.writeTimeout(Duration.ofMillis(500)));
        RawHttp raw = parent.raw()) {
      String body = "{" + digests(1000) + ",\"metadata\":{\"x\":\"" + "y".repeat(20_000) + "\"}}";
      raw.send(COMMIT + "Content-Length: " + body.length() + "\r\n\r\n" + body);
      TestWait.until(() -> parent.metrics().body().contains("occ_commits_total 1000.0"));
      TestWait.until(() -> parent.metrics().body().contains("occ_keyed_requests_in_flight 0.0"));
    }
  }

  private static CompletableFuture<HttpResponse<String>> postLater(TestParent parent) {
    return postLater(parent, "{" + digests(1) + "}");
  }

  private static CompletableFuture<HttpResponse<String>> postLater(TestParent parent, String body) {
    return parent
        .client()
        .sendAsync(
            parent
                .request("/commit")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody released the signer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void assertServes(TestParent parent) throws Exception {
    HttpResponse<String> answer = parent.post("/commit", "{" + digests(1) + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
