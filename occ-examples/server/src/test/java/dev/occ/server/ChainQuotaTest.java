package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.OTHER_KEY;
import static dev.occ.server.TestParent.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many chains one key may open, and that others are not affected. */
final class ChainQuotaTest {
  private static final int QUOTA = 3;

  private TestEnclave enclave;
  private TestParent parent;

  @BeforeEach
  void start() throws IOException, EpochException {
    enclave = TestEnclave.start();
    parent = TestParent.of(enclave.address(), limits -> limits.chainQuota(QUOTA));
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  private static String commitOn(String chain) {
    return "{'digests':[{'digestB64':'"
        + HELLO
        + "','hashAlg':'sha256'}],'chainId':'"
        + chain
        + "'}";
  }

  private int commit(String chain) throws Exception {
    return parent.post("/commit", commitOn(chain)).statusCode();
  }

  private void useUp() throws Exception {
    for (int i = 0; i < QUOTA; i++) {
      assertThat(commit("c" + i)).isEqualTo(200);
    }
  }

  @Test
  void commit_quotaUsedUp_isRefusedForThatKeyAndMakesNothing() throws Exception {
    useUp();
    HttpResponse<String> answer = parent.post("/commit", commitOn("more"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(code(answer)).isEqualTo("chain-quota");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("3600");
    HttpResponse<String> slot = parent.post("/allocate-slot", "{'chainId':'more'}");
    assertThat(slot.statusCode()).isEqualTo(429);
    assertThat(code(slot)).isEqualTo("chain-quota");
    assertThat(enclave.epoch().chainCount()).isEqualTo(QUOTA);
  }

  @Test
  void commit_quotaUsedUp_goesOnForKnownChainsAndOtherKeys() throws Exception {
    useUp();
    assertThat(commit("c1")).isEqualTo(200);
    assertThat(parent.post("/allocate-slot", "{'chainId':'c2'}").statusCode()).isEqualTo(200);
    assertThat(parent.postAs(OTHER_KEY, "/commit", commitOn("others")).statusCode()).isEqualTo(200);
    assertThat(commit("others")).as("opened by another key").isEqualTo(200);
  }

  @Test
  void allocateSlot_newChains_countAsCommitsDo() throws Exception {
    for (int i = 0; i < QUOTA; i++) {
      String chain = "{'chainId':'s" + i + "'}";
      assertThat(parent.post("/allocate-slot", chain).statusCode()).isEqualTo(200);
    }
    assertThat(commit("more")).isEqualTo(429);
  }

  @Test
  void commit_afterRestartOfTheServer_doesNotCountChainsThatAreThere() throws Exception {
    useUp();
    parent.close();
    parent = TestParent.of(enclave.address(), limits -> limits.chainQuota(QUOTA));
    for (int i = 0; i < QUOTA; i++) {
      assertThat(commit("c" + i)).isEqualTo(200);
    }
    for (int i = 0; i < QUOTA; i++) {
      assertThat(commit("new" + i)).isEqualTo(200);
    }
    assertThat(commit("more")).isEqualTo(429);
  }

  @Test
  void commit_afterRestartOfTheEnclave_countsAnew() throws Exception {
    useUp();
    enclave.kill();
    assertThat(commit("c0")).isEqualTo(503);
    enclave.startAgain(TestSigner.stub());
    for (int i = 0; i < QUOTA; i++) {
      assertThat(commit("new" + i)).isEqualTo(200);
    }
    assertThat(commit("c0")).as("not there in the new epoch").isEqualTo(429);
  }

  @Test
  void commit_epochChangesUnseen_countsTheKnownChainInTheNewOne() throws Exception {
    useUp();
    enclave.kill();
    enclave.startAgain(TestSigner.stub());
    assertThat(commit("c0")).as("known from the old epoch").isIn(200, 503);
    int opened = enclave.epoch().chainCount();
    for (int i = opened; i < QUOTA; i++) {
      assertThat(commit("new" + i)).isEqualTo(200);
    }
    assertThat(commit("more")).isEqualTo(429);
    assertThat(enclave.epoch().chainCount()).isEqualTo(QUOTA);
  }

  @Test
  void commit_chainThatTheEnclaveRefuses_doesNotCount() throws Exception {
    stop();
    enclave = TestEnclave.start(EpochOptions.builder().maxChains(1).build());
    parent = TestParent.of(enclave.address(), limits -> limits.chainQuota(QUOTA));
    assertThat(commit("only")).isEqualTo(200);
    for (int i = 0; i < QUOTA + 2; i++) {
      HttpResponse<String> refused = parent.post("/commit", commitOn("x" + i));
      assertThat(code(refused)).as("never the quota").isEqualTo("too-many-chains");
    }
  }
}
