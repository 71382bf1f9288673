package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without keys, reached by pages that the user's browser shows. */
final class OpenServerTest {
  private static final String COMMIT =
      "{\"digests\":[{\"digestB64\":\"" + HELLO + "\",\"hashAlg\":\"sha256\"}]}";

  private TestEnclave enclave;
  private TestParent parent;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent =
        TestParent.of(
            ApiKeys.open(),
            enclave.address(),
            limits -> {},
            server -> server.hosts(List.of("occ.example", "[fd00::1]")));
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  private String ask(TestParent server, String request, String headers, String body)
      throws IOException {
    try (RawHttp http = server.raw()) {
      http.send(
          request
              + " HTTP/1.1\r\nConnection: close\r\n"
              + headers
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return http.readToEnd();
    }
  }

  private String commit(String headers) throws IOException {
    return ask(parent, "POST /commit", headers + "Content-Type: application/json\r\n", COMMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1:8080",
        "[::1]:1",
        "occ.example",
        "OCC.example:443",
        "[fd00::1]"
      })
  void host_ownName_isServed(String host) throws Exception {
    assertThat(commit("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "occ.example.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "10.1.2.3:80",
        "evil.example:8080"
      })
  void host_otherName_isRefusedForEveryPath(String host) throws Exception {
    String header = "Host: " + host + "\r\n";
    assertThat(commit(header)).startsWith("HTTP/1.1 403").contains("host-not-allowed");
    for (String request : List.of("GET /", "GET /key", "OPTIONS /commit", "GET /nothing")) {
      assertThat(ask(parent, request, header, ""))
          .startsWith("HTTP/1.1 403")
          .contains("host-not-allowed")
          .doesNotContain("Access-Control-Allow-Origin");
    }
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"/commit", "/allocate-slot", "/challenge"})
  void origin_other_changesNothing(String path) throws Exception {
    for (String origin :
        List.of("https://evil.example", "null", "http://localhost:1", "http://localhost.evil")) {
      String answer =
          ask(
              parent,
              "POST " + path,
              "Host: localhost\r\nOrigin: " + origin + "\r\nContent-Type: application/json\r\n",
              path.equals("/commit") ? COMMIT : "");
      assertThat(answer)
          .startsWith("HTTP/1.1 403")
          .contains("origin-not-allowed")
          .doesNotContain("Access-Control-Allow-Origin");
    }
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @Test
  void preflight_callThatChangesSomething_allowsNothing() throws Exception {
    String headers =
        "Host: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n";
    assertThat(ask(parent, "OPTIONS /commit", headers, ""))
        .startsWith("HTTP/1.1 204")
        .doesNotContain("Access-Control-Allow");
    assertThat(ask(parent, "OPTIONS /verify", headers, ""))
        .contains("Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods");
  }

  @Test
  void origin_ownPage_mayCommit() throws Exception {
    assertThat(commit("Host: localhost:8080\r\nOrigin: http://localhost:8080\r\n"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Access-Control-Allow-Origin");
    assertThat(commit("Host: occ.example\r\nOrigin: https://occ.example\r\n"))
        .as("behind a proxy with TLS")
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void keys_asked_leavesHostsAndOriginsToTheKey() throws Exception {
    try (TestParent keyed = TestParent.of(enclave)) {
      String answer =
          ask(
              keyed,
              "POST /commit",
              "Host: any.example\r\nOrigin: https://other.example\r\nAuthorization: Bearer "
                  + TestParent.KEY
                  + "\r\nContent-Type: application/json\r\n",
              COMMIT);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Origin: *");
    }
  }

  @Test
  void keys_askedWithHosts_looksAtHost() throws Exception {
    try (TestParent keyed =
        TestParent.of(
            enclave.address(), limits -> {}, server -> server.hosts(List.of("occ.example")))) {
      assertThat(ask(keyed, "GET /key", "Host: any.example\r\n", "")).startsWith("HTTP/1.1 403");
      assertThat(ask(keyed, "GET /key", "Host: occ.example\r\n", "")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void start_openOnOtherThanLoopback_needsASecondWord() throws Exception {
    InetSocketAddress all = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
    ParentServer.Builder builder =
        ParentServer.builder(enclave.address(), ApiKeys.open()).listen(all);
    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0");
    try (ParentServer server = builder.openToNetwork().start()) {
      assertThat(server.address().getPort()).isPositive();
    }
  }

  @Test
  void hosts_notAName_isRefused() {
    ParentServer.Builder builder = ParentServer.builder(enclave.address(), ApiKeys.open());
    for (String name : List.of("", "a:80", "http://a", "a/b", "a b")) {
      assertThatThrownBy(() -> builder.hosts(List.of(name)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
