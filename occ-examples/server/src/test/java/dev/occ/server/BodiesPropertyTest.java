package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the body is, the answer is a documented one, and never 500. */
class BodiesPropertyTest {
  private static final List<String> CALLS =
      List.of("/commit", "/allocate-slot", "/challenge", "/verify");

  @SuppressWarnings("NullAway.Init") // set before the first try
  private static TestEnclave enclave;

  @SuppressWarnings("NullAway.Init") // set before the first try
  private static TestParent parent;

  @BeforeContainer
  static void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent =
        TestParent.of(enclave.address(), limits -> limits.slotQuota(20, 20).challengeQuota(20, 20));
  }

  @AfterContainer
  static void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  @Property(tries = 300)
  void anyCall_anyJson_isNever500(@ForAll("calls") String call, @ForAll("bodies") String body)
      throws Exception {
    HttpResponse<String> answer = parent.post(call, BodyPublishers.ofString(body));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 413, 429);
  }

  @Property(tries = 100)
  void anyCall_anyBytes_isNever500(@ForAll("calls") String call, @ForAll byte[] body)
      throws Exception {
    HttpResponse<String> answer = parent.post(call, BodyPublishers.ofByteArray(body));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 429);
  }

  @Provide
  Arbitrary<String> calls() {
    return Arbitraries.of(CALLS);
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> names =
        Arbitraries.of(
            "digests",
            "digestB64",
            "hashAlg",
            "chainId",
            "metadata",
            "agency",
            "policy",
            "proof",
            "principal",
            "attribution",
            "id",
            "name",
            "actor",
            "authorization",
            "batchContext",
            "version",
            "commit",
            "signer",
            "environment",
            "artifact",
            "requireEnforcement");
    Arbitrary<String> leaves =
        Arbitraries.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "1.5",
            "\"\"",
            "\"sha256\"",
            "\"occ/1\"",
            "\"x\"",
            "\"" + TestParent.HELLO + "\"",
            "[]",
            "{}",
            "\"\\ud800\"",
            "9007199254740993");
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]"),
                Combinators.combine(names, inner)
                    .as((name, value) -> "\"" + name + "\":" + value)
                    .list()
                    .ofMaxSize(4)
                    .map(members -> "{" + String.join(",", members) + "}")),
        0,
        4);
  }
}
