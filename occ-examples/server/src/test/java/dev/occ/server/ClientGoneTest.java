package dev.occ.server;

import static dev.occ.server.TestParent.KEY;
import static dev.occ.server.TestParent.digests;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave, and those that only seem to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ClientGoneTest {
  private static final int BATCH = 60;

  private final TestSigner.Hold hold = new TestSigner.Hold();
  private TestEnclave enclave;
  private TestParent parent;

  /** A parent that does one thing at a time, and an enclave that waits for the test. */
  @BeforeEach
  void start() throws Exception {
    enclave = TestEnclave.start();
    parent = TestParent.of(enclave.address(), limits -> limits.enclaveConnections(1));
    PressureTest.assertServes(parent);
    enclave.signer().onSign(hold);
  }

  @AfterEach
  void stop() throws IOException {
    hold.release();
    parent.close();
    enclave.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batch_clientLeavesMidway_isGivenUpAndInTheLogAsThat(boolean reset) throws Exception {
    String id = "client-gone-" + reset;
    try (LogTap access = LogTap.of("dev.occ.access");
        LogTap jetty = LogTap.of("org.eclipse.jetty")) {
      try (RawHttp raw = parent.raw()) {
        raw.send(commit(BATCH, id));
        hold.awaitSigning();
        if (reset) {
          raw.reset();
        }
      }
      assertIsGivenUp(1);
      assertThat(access.line(id))
          .matches("[^ ]+ 127\\.0\\.0\\.1 POST /commit 499 0 B \\d+ ms key-1 client-gone");
      assertThat(jetty.lines()).noneMatch(line -> line.contains("client left"));
      assertThat(parent.metrics().body())
          .contains("{call=\"/commit\",status=\"499\",")
          .doesNotContain("status=\"500\"");
    }
  }

  @Test
  void body_clientEndsItEarlyAndReads_isRefused() throws Exception {
    String whole = commit(BATCH, "early-end");
    try (LogTap access = LogTap.of("dev.occ.access");
        RawHttp raw = parent.raw()) {
      raw.send(whole.substring(0, whole.length() - 500)).endOutput();
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 400 ").contains("the body ended early");
      assertThat(access.line("early-end"))
          .matches("[^ ]+ 127\\.0\\.0\\.1 POST /commit 400 \\d+ B \\d+ ms key-1 bad-request");
      assertThat(parent.metrics().body())
          .contains("occ_failures_total{call=\"/commit\",code=\"bad-request\"} 1.0")
          .doesNotContain("client-gone");
    }
  }

  @Test
  void body_chunksAreNone_isRefused() throws Exception {
    try (RawHttp raw = parent.raw()) {
      String head = commit(1).replaceAll("Content-Length: \\d+", "Transfer-Encoding: chunked");
      raw.send(head.substring(0, head.indexOf("\r\n\r\n")) + "\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 400 ").contains("\"bad-request\"");
    }
  }

  @Test
  void batches_clientsLeaveBeforeTheirTurn_areGivenUp() throws Exception {
    try (RawHttp raw = parent.raw()) {
      raw.send(commit(1));
      hold.awaitSigning();
      for (int i = 0; i < 5; i++) {
        try (RawHttp other = parent.raw()) {
          other.send(commit(BATCH));
          double bodies = body(1).length() + (i + 1.0) * body(BATCH).length();
          TestWait.until(() -> parent.metrics().body().contains("occ_keyed_body_bytes " + bodies));
        }
      }
      assertIsGivenUp(5);
      assertThat(raw.readTo("\"}]")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void batch_clientOnlySendsNoMore_isAnswered() throws Exception {
    try (RawHttp raw = parent.raw()) {
      raw.send(commit(BATCH)).endOutput();
      hold.awaitSigning();
      hold.release();
      assertThat(raw.readToEnd())
          .startsWith("HTTP/1.1 102 ")
          .contains("HTTP/1.1 200 ")
          .endsWith("\"}]");
    }
    assertThat(parent.metrics().body()).doesNotContain("client-gone");
  }

  @Test
  void batch_http10ClientOnlySendsNoMore_isAnsweredWithoutInterimAnswers() throws Exception {
    try (RawHttp raw = parent.raw()) {
      raw.send(commit(3).replace("HTTP/1.1", "HTTP/1.0")).endOutput();
      hold.release();
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("\"}]");
    }
  }

  @Test
  void requests_sentWhileOneIsWorkedOn_areAnswered() throws Exception {
    try (RawHttp raw = parent.raw()) {
      raw.send(commit(3));
      hold.awaitSigning();
      raw.send(commit(3) + commit(1)).send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      hold.release();
      for (int i = 0; i < 3; i++) {
        assertThat(raw.readTo("\"}]")).startsWith("HTTP/1.1 200 ");
      }
      assertThat(raw.readTo("{\"ok\":true}")).startsWith("HTTP/1.1 200 ");
    }
  }

  private void assertIsGivenUp(int requests) throws Exception {
    int before = enclave.signer().signatures();
    hold.release();
    String given = "occ_failures_total{call=\"/commit\",code=\"client-gone\"} " + requests + ".0";
    TestWait.until(() -> parent.metrics().body().contains("occ_keyed_requests_in_flight 0.0"));
    assertThat(parent.metrics().body()).contains(given);
    assertThat(enclave.signer().signatures() - before).isLessThan(2 * BATCH - 1);
  }

  private static String body(int count) {
    return "{" + digests(count) + "}";
  }

  private static String commit(int count) {
    return commit(count, "0");
  }

  private static String commit(int count, String requestId) {
    return "POST /commit HTTP/1.1\r\nHost: x\r\nX-Request-Id: "
        + requestId
        + "\r\nAuthorization: Bearer "
        + KEY
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body(count).length()
        + "\r\n\r\n"
        + body(count);
  }
}
