package dev.occ.server;

import static dev.occ.server.TestParent.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.signer.EnforcementTier;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the enclave was never asked to make counts for nobody: it is 503 (spec 14), never 429. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class NothingMadeTest {
  private static final List<String> MAKERS = List.of("/commit", "/allocate-slot", "/challenge");

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
  void debugEnclave_askedAgain_isNeverTheQuota() throws Exception {
    String zeros = "0".repeat(96);
    try (TestEnclave debug =
            TestEnclave.start(new TestSigner(EnforcementTier.MEASURED_TEE, zeros));
        TestParent parent = TestParent.of(debug.address(), NothingMadeTest::one)) {
      for (int i = 0; i < 3; i++) {
        assertAll(parent, "debug-enclave");
      }
      assertThat(parent.metrics().body()).contains("occ_pending_slots 0.0");
    }
  }

  @Test
  void enclave_notThereYet_isNeverTheQuotaAndServesOnceItIs() throws Exception {
    enclave.kill();
    try (TestParent parent = TestParent.of(enclave.address(), NothingMadeTest::one)) {
      try (HollowBridge bridge = new HollowBridge(enclave.port())) {
        for (int i = 0; i < 3; i++) {
          assertAll(parent, "enclave-unavailable");
        }
        assertThat(bridge.requests()).isGreaterThanOrEqualTo(9);
        assertThat(parent.metrics().body()).contains("occ_pending_slots 0.0");
      }
      enclave.startAgain(TestSigner.stub());
      PressureTest.assertServes(parent);
      assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
      assertThat(parent.post("/challenge", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void enclave_goneBehindABridge_countsTheFirstSlotAlone() throws Exception {
    try (TestParent parent = TestParent.of(enclave.address(), NothingMadeTest::one)) {
      PressureTest.assertServes(parent);
      enclave.kill();
      try (HollowBridge bridge = new HollowBridge(enclave.port())) {
        for (int i = 0; i < 3; i++) {
          assertAll(parent, "enclave-unavailable");
        }
        assertThat(bridge.requests()).isGreaterThanOrEqualTo(9);
        assertThat(parent.metrics().body())
            .as("one was asked for, and may exist")
            .contains("occ_pending_slots 1.0");
      }
      enclave.startAgain(TestSigner.stub());
      PressureTest.assertServes(parent);
      assertThat(parent.metrics().body()).contains("occ_pending_slots 0.0");
    }
  }

  private static void one(ParentLimits.Builder limits) {
    limits.slotQuota(1, 1).challengeQuota(1, 1);
  }

  private static void assertAll(TestParent parent, String code) throws Exception {
    for (String path : MAKERS) {
      HttpResponse<String> answer = parent.post(path, TestParent.bodyFor(path));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(code(answer)).as(path).isEqualTo(code);
    }
  }
}
