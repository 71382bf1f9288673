package dev.occ.server;

import static dev.occ.server.TestParent.code;
import static dev.occ.server.TestParent.digest;
import static dev.occ.server.TestParent.digests;
import static dev.occ.server.TestParent.object;
import static dev.occ.server.TestParent.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An enclave that is away, restarts, fails, runs in debug mode; and the server's own end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EnclaveTroubleTest {
  private static final String ZEROS = "0".repeat(96);

  private TestEnclave enclave;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
  }

  @AfterEach
  void stop() {
    enclave.close();
  }

  @Test
  void enclave_down_is503WithRetryAfterAndRecovers() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      PressureTest.assertServes(parent);
      enclave.kill();
      HttpResponse<String> health = parent.get("/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(object(health).get("ok")).hasValue(JsonBoolean.FALSE);
      assertThat(object(health).members().keySet()).containsExactly("ok", "error", "code");
      for (String path : List.of("/commit", "/allocate-slot", "/challenge")) {
        HttpResponse<String> answer = parent.post(path, TestParent.bodyFor(path));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("enclave-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(code(parent.get("/key"))).isEqualTo("enclave-unavailable");
      assertThat(parent.metrics().body())
          .contains("occ_enclave_up 0.0")
          .contains("occ_failures_total{call=\"/commit\",code=\"enclave-unavailable\"} 1.0");
      enclave.startAgain(TestSigner.stub());
      PressureTest.assertServes(parent);
      assertThat(parent.metrics().body()).contains("occ_enclave_up 1.0");
    }
  }

  @Test
  void enclave_restarted_keyIsTheNewOneAndSlotsAreForgotten() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      String before = text(object(parent.get("/key")), "epochId");
      assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
      enclave.kill();
      enclave.startAgain(TestSigner.stub());
      String after = text(object(parent.get("/key")), "epochId");
      assertThat(after).isNotEqualTo(before).isEqualTo(enclave.epoch().id());
      PressureTest.assertServes(parent);
      assertThat(parent.metrics().body())
          .contains("occ_pending_slots 0.0")
          .contains("epoch_id=\"" + after + "\"")
          .doesNotContain(before);
    }
  }

  @Test
  void enclave_killedMidBatch_givesBackWhatWasMadeAndRepeatsNothing() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      int before = enclave.signer().signatures();
      CompletableFuture<?>[] killed = new CompletableFuture<?>[1];
      CountDownLatch gone = new CountDownLatch(1);
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 8) { // the fourth commit: a slot's signature before each
                  killed[0] =
                      CompletableFuture.runAsync(
                          () -> {
                            enclave.kill();
                            gone.countDown();
                          });
                  PressureTest.awaitQuietly(gone);
                }
              });
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(10) + "}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("enclave-unavailable");
      assertThat(text(object(answer), "error")).contains("the outcome of /digests/3 is unknown");
      List<Proof> made = CallsTest.proofs(object(answer).get("proofs").orElseThrow());
      assertThat(made).hasSize(3);
      for (int i = 0; i < made.size(); i++) {
        assertThat(made.get(i).artifactDigest()).isEqualTo(digest(i));
      }
      assertThat(enclave.signer().signatures() - before).as("nothing repeated").isEqualTo(8);
    }
  }

  @Test
  void signer_fails_isEnclaveFailedWithWhatWasMade() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      int before = enclave.signer().signatures();
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 4) {
                  throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "broken");
                }
              });
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(5) + "}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("enclave-failed");
      assertThat(((JsonArray) object(answer).get("proofs").orElseThrow()).values()).hasSize(1);
    }
  }

  @Test
  void signer_fails_leavesNoSlotBehind() throws Exception {
    try (TestParent parent = TestParent.of(enclave.address(), limits -> limits.slotQuota(1, 1))) {
      PressureTest.assertServes(parent);
      int before = enclave.signer().signatures();
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 2) {
                  throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "broken");
                }
              });
      assertThat(code(parent.post("/commit", "{" + digests(1) + "}"))).isEqualTo("enclave-failed");
      assertThat(enclave.epoch().pendingSlots()).isZero();
      PressureTest.assertServes(parent);
    }
  }

  @Test
  void enclave_hangs_is503InTime() throws Exception {
    TestSigner.Hold hold = new TestSigner.Hold();
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.enclaveTimeout(Duration.ofSeconds(2)))) {
      PressureTest.assertServes(parent);
      enclave.signer().onSign(hold);
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(1) + "}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("enclave-timeout");
    } finally {
      hold.release();
    }
  }

  @Test
  void batch_takesTooLong_givesBackWhatWasMade() throws Exception {
    AtomicLong clock = new AtomicLong();
    try (TestParent parent =
        TestParent.of(enclave.address(), limits -> {}, server -> server.nanoClock(clock::get))) {
      int before = enclave.signer().signatures();
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 4) { // the second proof
                  clock.addAndGet(Duration.ofSeconds(51).toNanos());
                }
              });
      HttpResponse<String> answer = parent.post("/commit", "{" + digests(5) + "}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("out-of-time");
      assertThat(CallsTest.proofs(object(answer).get("proofs").orElseThrow())).hasSize(2);
    }
  }

  @Test
  void debugEnclave_notAllowed_isNotServed() throws Exception {
    try (TestEnclave debug =
            TestEnclave.start(new TestSigner(EnforcementTier.MEASURED_TEE, ZEROS));
        TestParent parent = TestParent.of(debug)) {
      int before = debug.signer().signatures();
      for (String path : List.of("/health", "/key")) {
        HttpResponse<String> answer = parent.get(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("debug-enclave");
      }
      for (String path : List.of("/commit", "/allocate-slot", "/challenge")) {
        assertThat(code(parent.post(path, TestParent.bodyFor(path)))).isEqualTo("debug-enclave");
      }
      assertThat(debug.signer().signatures()).as("nothing was made").isEqualTo(before);
    }
  }

  @Test
  void debugEnclave_afterARestart_isNotServed() throws Exception {
    try (TestParent parent = TestParent.of(enclave)) {
      PressureTest.assertServes(parent);
      enclave.kill();
      enclave.startAgain(new TestSigner(EnforcementTier.MEASURED_TEE, ZEROS));
      assertThat(code(parent.post("/commit", "{" + digests(1) + "}"))).isEqualTo("debug-enclave");
      assertThat(code(parent.post("/allocate-slot", "{}"))).isEqualTo("debug-enclave");
    }
  }

  @Test
  void debugEnclave_allowed_isServed() throws Exception {
    try (TestEnclave debug =
            TestEnclave.start(new TestSigner(EnforcementTier.MEASURED_TEE, ZEROS));
        TestParent parent =
            TestParent.of(debug.address(), limits -> {}, ParentServer.Builder::allowDebugEnclave)) {
      PressureTest.assertServes(parent);
    }
  }

  @Test
  void close_requestRunning_isFinishedAndNewOnesAreRefused() throws Exception {
    TestSigner.Hold hold = new TestSigner.Hold();
    TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.stopTimeout(Duration.ofSeconds(30)));
    PressureTest.assertServes(parent);
    enclave.signer().onSign(hold);
    CompletableFuture<HttpResponse<String>> running = later(parent, 2);
    hold.awaitSigning();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(parent));
    TestWait.until(() -> !accepts(parent));
    hold.release();
    HttpResponse<String> answer = running.get(1, TimeUnit.MINUTES);
    assertThat(answer.statusCode()).isEqualTo(200);
    closing.get(1, TimeUnit.MINUTES);
    // A pool has terminated a moment before its last thread has.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("occ-parent-keyed")) {
        thread.join(Duration.ofMinutes(1).toMillis());
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("occ-parent-keyed"));
  }

  @Test
  void close_batchTooLongForIt_givesBackWhatWasMade() throws Exception {
    CountDownLatch signing = new CountDownLatch(1);
    TestParent parent =
        TestParent.of(enclave.address(), limits -> limits.stopTimeout(Duration.ofSeconds(4)));
    PressureTest.assertServes(parent);
    enclave
        .signer()
        .onSign(
            number -> {
              signing.countDown();
              TestWait.pause(Duration.ofMillis(20));
            });
    CompletableFuture<HttpResponse<String>> running = later(parent, 1000);
    assertThat(signing.await(1, TimeUnit.MINUTES)).isTrue();
    close(parent);
    HttpResponse<String> answer = running.get(1, TimeUnit.MINUTES);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(code(answer)).isEqualTo("stopping");
    assertThat(((JsonArray) object(answer).get("proofs").orElseThrow()).values()).isNotEmpty();
  }

  @Test
  void close_enclaveHangsMidBatch_givesBackWhatWasMade() throws Exception {
    TestSigner.Hold hold = new TestSigner.Hold();
    TestParent parent =
        TestParent.of(
            enclave.address(),
            limits ->
                limits.stopTimeout(Duration.ofSeconds(6)).enclaveTimeout(Duration.ofMinutes(1)));
    try {
      PressureTest.assertServes(parent);
      int before = enclave.signer().signatures();
      enclave
          .signer()
          .onSign(
              number -> {
                if (number - before == 6) { // the third proof
                  hold.beforeSignature(number);
                }
              });
      CompletableFuture<HttpResponse<String>> running = later(parent, 5);
      hold.awaitSigning();
      close(parent);
      HttpResponse<String> answer = running.get(1, TimeUnit.MINUTES);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("enclave-unavailable");
      assertThat(text(object(answer), "error")).contains("the outcome of /digests/2 is unknown");
      assertThat(CallsTest.proofs(object(answer).get("proofs").orElseThrow()))
          .extracting(Proof::artifactDigest)
          .containsExactly(digest(0), digest(1));
    } finally {
      hold.release();
      parent.close();
    }
  }

  private static CompletableFuture<HttpResponse<String>> later(TestParent parent, int digests) {
    return parent
        .client()
        .sendAsync(
            parent
                .request("/commit")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{" + digests(digests) + "}"))
                .build(),
            BodyHandlers.ofString());
  }

  private static boolean accepts(TestParent parent) {
    try (RawHttp raw = parent.raw()) {
      return raw.send("GET /health HTTP/1.0\r\n\r\n").readToEnd().startsWith("HTTP/1.1 200");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static void close(TestParent parent) {
    try {
      parent.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
