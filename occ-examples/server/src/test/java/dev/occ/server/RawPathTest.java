package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the one spelling of a path leads to a call, so that a proxy's rules cannot be passed by. */
final class RawPathTest {
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

  private String status(String method, String target) throws IOException {
    try (RawHttp http = parent.raw()) {
      http.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      return http.readTo("\r\n").strip();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/verify;x",
        "/verify;",
        "/;x/verify",
        "/%76erify",
        "/verif%79",
        "/a/../verify",
        "/./verify",
        "/verify/.",
        "/verify/",
        "//verify",
        "/Verify",
        "/verify%3F",
        "/verify%20",
        "/a/%2e%2e/verify",
        "/a%2fverify",
        "/a/..;x/verify"
      })
  void call_otherSpelling_isNotFound(String target) throws Exception {
    assertThat(status("POST", target)).isEqualTo("HTTP/1.1 404 Not Found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/;x", "//", "/./", "/a/..", "/icon%2Esvg", "/icon.svg;x"})
  void page_otherSpelling_isNotFound(String target) throws Exception {
    assertThat(status("GET", target)).isEqualTo("HTTP/1.1 404 Not Found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/verify", "/verify?", "/verify?x=/a", "http://x/verify"})
  void call_itsPath_isFound(String target) throws Exception {
    assertThat(status("POST", target)).isEqualTo("HTTP/1.1 400 Bad Request"); // no proof
  }
}
