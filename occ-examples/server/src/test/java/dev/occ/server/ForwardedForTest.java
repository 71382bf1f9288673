package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which client the log names behind proxies. */
final class ForwardedForTest {
  private static final List<String> PROXIES = List.of("127.0.0.0/8", "10.0.0.0/8", "fd00::/16");

  private TestEnclave enclave;
  private TestParent parent;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent = behind(PROXIES);
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  private TestParent behind(List<String> proxies) throws IOException {
    return TestParent.of(enclave.address(), limits -> {}, server -> server.trustedProxies(proxies));
  }

  /** The address in the log's line of a request. */
  private static String logged(TestParent server, String headers) throws Exception {
    try (LogTap log = LogTap.of("dev.occ.access");
        RawHttp http = server.raw()) {
      http.send(
          "GET /nothing HTTP/1.1\r\nHost: x\r\nX-Request-Id: of-this-test\r\nConnection: close\r\n"
              + headers
              + "\r\n");
      assertThat(http.readToEnd()).startsWith("HTTP/1.1 404");
      return log.line("of-this-test").split(" ", -1)[1];
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7                             | 203.0.113.7
          198.51.100.1, 203.0.113.7               | 203.0.113.7
          not an address, 203.0.113.7             | 203.0.113.7
          198.51.100.1,203.0.113.7, 10.1.2.3      | 203.0.113.7
          203.0.113.7, fd00::5 , 10.1.2.3         | 203.0.113.7
          10.9.9.9, 10.1.2.3                      | 10.9.9.9
          2001:db8::1                             | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]:443                       | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]                           | 2001:db8:0:0:0:0:0:1
          203.0.113.7:5678                        | 203.0.113.7
          ::ffff:203.0.113.7                      | 203.0.113.7
          """)
  void log_trustedProxies_namesTheRightMostOther(String header, String client) throws Exception {
    assertThat(logged(parent, "X-Forwarded-For: " + header + "\r\n")).isEqualTo(client);
  }

  @Test
  void log_severalHeaders_areOneList() throws Exception {
    assertThat(
            logged(
                parent,
                "X-Forwarded-For: 198.51.100.1, 203.0.113.7\r\nX-Forwarded-For: 10.1.2.3\r\n"))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void log_noHeader_namesThePeer() throws Exception {
    assertThat(logged(parent, "")).isEqualTo("127.0.0.1");
  }

  @Test
  void log_peerNotTrusted_namesThePeer() throws Exception {
    try (TestParent other = behind(List.of("10.0.0.0/8"))) {
      assertThat(logged(other, "X-Forwarded-For: 203.0.113.7\r\n")).isEqualTo("127.0.0.1");
    }
    try (TestParent none = TestParent.of(enclave)) {
      assertThat(logged(none, "X-Forwarded-For: 203.0.113.7\r\n")).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "",
        ",",
        "203.0.113.7,",
        "203.0.113.256",
        "203.0.113",
        "203.0.113.07",
        "localhost",
        "203.0.113.7:x",
        "[203.0.113.7",
        "_hidden",
        "1",
        "garbage, 10.1.2.3",
        "203.0.113.7\u001b[31m",
        "fe80::1%eth0",
        ":::"
      })
  void request_garbageFromATrustedProxy_isRefused(String header) throws Exception {
    try (RawHttp http = parent.raw()) {
      http.send(
          "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: "
              + header
              + "\r\n\r\n");
      assertThat(http.readToEnd()).startsWith("HTTP/1.1 400");
    }
  }
}
