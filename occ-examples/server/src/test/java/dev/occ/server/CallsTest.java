package dev.occ.server;

import static dev.occ.server.TestParent.HELLO;
import static dev.occ.server.TestParent.code;
import static dev.occ.server.TestParent.digest;
import static dev.occ.server.TestParent.digests;
import static dev.occ.server.TestParent.object;
import static dev.occ.server.TestParent.text;
import static dev.occ.server.TestParent.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each call as it should go (spec 14). */
final class CallsTest {
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

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

  @Test
  void health_enclaveUp_isOk() throws Exception {
    HttpResponse<String> answer = parent.get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void key_always_saysWhoTheEnclaveIs() throws Exception {
    JsonObject key = object(parent.get("/key"));
    assertThat(key.members().keySet())
        .containsExactly("publicKeyB64", "measurement", "enforcement", "epochId");
    assertThat(text(key, "publicKeyB64")).isEqualTo(enclave.epoch().publicKey().toBase64());
    assertThat(text(key, "epochId")).isEqualTo(enclave.epoch().id());
  }

  @Test
  void commit_oneDigest_givesOneProofWithItsHash() throws Exception {
    HttpResponse<String> answer =
        parent.post("/commit", "{'digests':[{'digestB64':'" + HELLO + "','hashAlg':'sha256'}]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    List<Proof> proofs = proofs(value(answer));
    assertThat(proofs).hasSize(1);
    Proof proof = proofs.get(0);
    assertThat(proof.artifactDigest().toBase64()).isEqualTo(HELLO);
    assertThat(proof.declaredHash()).hasValue(proof.proofHash());
    assertThat(INTEGRITY.verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
  }

  @Test
  void commit_batch_keepsTheOrderAndTheChain() throws Exception {
    HttpResponse<String> answer =
        parent.post("/commit", "{" + digests(25) + ",'chainId':'photos'}");
    List<Proof> proofs = proofs(value(answer));
    assertThat(proofs).hasSize(25);
    for (int i = 0; i < proofs.size(); i++) {
      assertThat(proofs.get(i).artifactDigest()).isEqualTo(digest(i));
      assertThat(proofs.get(i).commit().chain()).isEqualTo("photos");
      if (i > 0) {
        assertThat(proofs.get(i).commit().prev()).hasValue(proofs.get(i - 1).sealedHash());
      }
    }
  }

  @Test
  void commit_thousandDigests_needsNoThousandSlotsAtOnce() throws Exception {
    HttpResponse<String> answer = parent.post("/commit", "{" + digests(1000) + "}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(parent.metrics().body())
        .contains("occ_commits_total 1000.0", "occ_pending_slots 0.0");
  }

  @Test
  void commit_everythingThatGoesIntoAProof_isPassedOn() throws Exception {
    HttpResponse<String> answer =
        parent.post(
            "/commit",
            "{"
                + digests(2)
                + ",'metadata':{'a':[1,{'b':null}]},'attribution':{'name':'Ann','x':1},"
                + "'policy':{'digestB64':'"
                + HELLO
                + "','name':'p','y':[]},'principal':{'id':'u1'}}");
    for (Proof proof : proofs(value(answer))) {
      assertThat(INTEGRITY.verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
      assertThat(proof.json().get("metadata")).hasToString("Optional[{\"a\":[1,{\"b\":null}]}]");
      assertThat(proof.json().get("attribution"))
          .hasToString("Optional[{\"name\":\"Ann\",\"x\":1}]");
      assertThat(proof.policy()).isPresent();
      assertThat(proof.principal()).isPresent();
    }
  }

  @Test
  void allocateSlot_withAndWithoutBody_givesASlot() throws Exception {
    JsonObject named = object(parent.post("/allocate-slot", "{'chainId':'c'}"));
    assertThat(text(named, "chainId")).isEqualTo("c");
    assertThat(named.members().keySet()).containsExactly("slotId", "slot", "chainId");
    HttpResponse<String> bare =
        parent.send(parent.request("/allocate-slot").POST(BodyPublishers.noBody()).build());
    assertThat(text(object(bare), "chainId")).isEqualTo("global");
    assertThat(parent.metrics().body()).contains("occ_pending_slots 2.0");
  }

  @Test
  void challenge_withKey_givesOne() throws Exception {
    HttpResponse<String> answer =
        parent.send(parent.request("/challenge").POST(BodyPublishers.noBody()).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(object(answer), "challenge")).hasSize(44);
  }

  @Test
  void verify_withoutPolicy_checksIntegrityAndSaysSo() throws Exception {
    String proof = aProof();
    JsonObject result = object(parent.post("/verify", "{'proof':" + proof + "}"));
    assertThat(result.get("valid")).hasValue(JsonBoolean.TRUE);
    assertThat(text(result, "policy")).isEqualTo("integrity-only");
    assertThat(result.get("checks").map(checks -> ((JsonArray) checks).values().size()))
        .hasValue(8);
    assertThat(result.has("reason")).isFalse();
  }

  @Test
  void verify_withoutKey_isAllowed() throws Exception {
    HttpResponse<String> answer =
        parent.send(
            parent
                .anonymous("/verify")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"proof\":" + aProof() + "}"))
                .build());
    assertThat(object(answer).get("valid")).hasValue(JsonBoolean.TRUE);
  }

  @Test
  void verify_policyNotMet_isRejectedWithReason() throws Exception {
    JsonObject result =
        object(
            parent.post(
                "/verify",
                "{'proof':" + aProof() + ",'policy':{'requireEnforcement':'measured-tee'}}"));
    assertThat(result.get("valid")).hasValue(JsonBoolean.FALSE);
    assertThat(text(result, "reason")).isNotEqualTo("(none)");
    assertThat(text(result, "policy")).isEqualTo("given");
  }

  @Test
  void verify_proofOfNoStructure_isNotValid() throws Exception {
    JsonObject result = object(parent.post("/verify", "{'proof':{}}"));
    assertThat(result.get("valid")).hasValue(JsonBoolean.FALSE);
    assertThat(text(result, "reason")).isEqualTo("malformed");
  }

  @Test
  void verify_policyMisspelt_isRefused() throws Exception {
    HttpResponse<String> answer =
        parent.post("/verify", "{'proof':{},'policy':{'requireEnforcment':'stub'}}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("unknown-member");
    assertThat(text(object(answer), "error")).startsWith("/policy/requireEnforcment ");
  }

  private String aProof() throws Exception {
    HttpResponse<String> answer = parent.post("/commit", "{" + digests(1) + "}");
    return ((JsonArray) value(answer)).values().get(0).toJson();
  }

  static List<Proof> proofs(JsonValue array) throws Exception {
    List<Proof> proofs = new ArrayList<>();
    for (JsonValue proof : ((JsonArray) array).values()) {
      proofs.add(Proof.of(proof));
    }
    return proofs;
  }
}
