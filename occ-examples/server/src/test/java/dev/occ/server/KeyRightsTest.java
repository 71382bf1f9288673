package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.KEY;
import static dev.occ.server.TestParent.OTHER_KEY;
import static dev.occ.server.TestParent.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rights of a keys file allow and refuse (spec 14). */
final class KeyRightsTest {
  private static final String DIGESTS =
      "'digests':[{'digestB64':'" + HELLO + "','hashAlg':'sha256'}]";
  private static final String ANCHOR =
      "{" + DIGESTS + ",'attribution':{'name':'Ethereum Anchor','title':'t','message':'m'}}";

  private TestEnclave enclave;
  private TestParent parent;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent =
        TestParent.of(
            ApiKeys.ofLines(
                List.of(KEY + " name=audit anchor", OTHER_KEY + " chains=mine|team-* name=team")),
            enclave.address(),
            limits -> {},
            server -> {});
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'chainId':'global'", ",'chainId':'mine2'", ",'chainId':'other'"})
  void calls_chainThatTheKeyMayNotUse_areRefusedAndMakeNothing(String chain) throws Exception {
    HttpResponse<String> commit = parent.postAs(OTHER_KEY, "/commit", "{" + DIGESTS + chain + "}");
    assertThat(commit.statusCode()).isEqualTo(403);
    assertThat(code(commit)).isEqualTo("chain-not-allowed");
    HttpResponse<String> slot =
        parent.postAs(OTHER_KEY, "/allocate-slot", "{" + chain.replaceFirst("^,", "") + "}");
    assertThat(slot.statusCode()).isEqualTo(403);
    assertThat(code(slot)).isEqualTo("chain-not-allowed");
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "team-", "team-a"})
  void calls_chainThatTheKeyMayUse_areCarriedOut(String chain) throws Exception {
    String named = "'chainId':'" + chain + "'";
    assertThat(
            parent.postAs(OTHER_KEY, "/commit", "{" + DIGESTS + "," + named + "}").statusCode())
        .isEqualTo(200);
    assertThat(parent.postAs(OTHER_KEY, "/allocate-slot", "{" + named + "}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void commit_anchorWithoutTheRight_isRefusedAndMakesNothing() throws Exception {
    String mine = ",'chainId':'mine'}";
    HttpResponse<String> named =
        parent.postAs(OTHER_KEY, "/commit", ANCHOR.substring(0, ANCHOR.length() - 1) + mine);
    assertThat(named.statusCode()).isEqualTo(403);
    assertThat(code(named)).isEqualTo("anchor-not-allowed");
    HttpResponse<String> claimed =
        parent.postAs(OTHER_KEY, "/commit", "{" + DIGESTS + ",'anchor':{}" + mine);
    assertThat(claimed.statusCode()).isEqualTo(403);
    assertThat(code(claimed)).isEqualTo("anchor-not-allowed");
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @Test
  void commit_anchorWithTheRight_isTheEnclavesToJudge() throws Exception {
    assertThat(parent.post("/commit", ANCHOR).statusCode()).isNotIn(401, 403);
  }

  @Test
  void logAndMetrics_always_nameTheKeyByItsName() throws Exception {
    try (LogTap log = LogTap.of("dev.occ.access")) {
      parent.post("/commit", "{" + DIGESTS + "}");
      parent.postAs(OTHER_KEY, "/commit", "{" + DIGESTS + "}");
      parent.close(); // the log's line comes after the answer
      assertThat(log.lines())
          .anyMatch(line -> line.endsWith(" audit -"))
          .anyMatch(line -> line.endsWith(" team chain-not-allowed"));
      assertThat(String.join(" ", log.lines())).doesNotContain(KEY, OTHER_KEY, "key-");
    }
  }

  @Test
  void metrics_always_countByName() throws Exception {
    parent.post("/commit", "{" + DIGESTS + "}");
    parent.postAs(OTHER_KEY, "/commit", "{" + DIGESTS + "}");
    assertThat(parent.metrics().body())
        .contains("occ_key_commits_total{key=\"audit\"} 1.0")
        .contains("occ_key_failures_total{code=\"chain-not-allowed\",key=\"team\"} 1.0")
        .doesNotContain(KEY, OTHER_KEY);
  }
}
