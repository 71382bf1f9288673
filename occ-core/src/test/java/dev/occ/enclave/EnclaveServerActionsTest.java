package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EnclaveServerActionsTest {
  private static final String DIGEST = Bytes.sha256("artifact".getBytes(UTF_8)).toBase64();

  private Served served;

  @BeforeEach
  void start() throws Exception {
    served = Served.on(Served.Transport.TCP);
  }

  @AfterEach
  void stop() throws Exception {
    served.close();
  }

  @Test
  void health_openEpoch_saysWhoAndHowMany() throws Exception {
    served.newSlot();
    JsonObject answer = served.ask("{'action':'health'}");
    assertThat(answer.members().keySet())
        .containsExactlyInAnyOrder(
            "status", "chains", "publicKeyB64", "measurement", "enforcement", "epochId");
    assertThat(answer.get("status")).contains(new JsonString("ok"));
    assertThat(answer.get("chains")).contains(JsonNumber.of(1));
    assertIdentity(answer);
  }

  @Test
  void key_openEpoch_saysWho() throws Exception {
    JsonObject answer = served.ask("{'action':'key'}");
    assertThat(answer.members().keySet())
        .containsExactlyInAnyOrder("publicKeyB64", "measurement", "enforcement", "epochId");
    assertIdentity(answer);
  }

  private void assertIdentity(JsonObject answer) {
    assertThat(PlainPeer.text(answer, "publicKeyB64"))
        .isEqualTo(served.epoch().publicKey().toBase64());
    assertThat(PlainPeer.text(answer, "measurement")).isEqualTo("soft:dev");
    assertThat(PlainPeer.text(answer, "enforcement")).isEqualTo("stub");
    assertThat(PlainPeer.text(answer, "epochId")).isEqualTo(served.epoch().id());
  }

  @Test
  void init_genesis_saysCounterZero() throws Exception {
    JsonObject answer =
        served.ask("{'action':'init','allowGenesis':true,'keepAlive':false,'lastProof':null}");
    assertThat(answer)
        .isEqualTo(
            JsonObject.builder()
                .put("counter", "0")
                .put("epochId", served.epoch().id())
                .put("chains", JsonNumber.of(0))
                .build());
  }

  @Test
  void allocateSlot_namedChain_isSignedAndOnIt() throws Exception {
    JsonObject answer = served.ask("{'action':'allocateSlot','chainId':'tenant'}");
    JsonObject slot = (JsonObject) answer.get("slot").orElseThrow();
    assertThat(PlainPeer.text(answer, "chainId")).isEqualTo("tenant");
    assertThat(PlainPeer.text(slot, "chainId")).isEqualTo("tenant");
    assertThat(PlainPeer.text(slot, "nonceB64")).isEqualTo(PlainPeer.text(answer, "slotId"));
    assertThat(PlainPeer.text(slot, "counter")).isEqualTo("1");
  }

  @Test
  void allocateSlot_noChain_isOnGlobal() throws Exception {
    JsonObject answer = served.ask("{'action':'allocateSlot'}");
    assertThat(PlainPeer.text(answer, "chainId")).isEqualTo("global");
    assertThat(((JsonObject) answer.get("slot").orElseThrow()).has("chainId")).isFalse();
  }

  @Test
  void commitDigest_everything_isInTheProof() throws Exception {
    String slot = served.newSlot();
    JsonObject answer =
        served.ask(
            "{'action':'commitDigest','slotId':'"
                + slot
                + "','digestB64':'"
                + DIGEST
                + "','hashAlg':'sha256','policy':{'digestB64':'"
                + DIGEST
                + "','x':[1.50,null]},'principal':{'id':'me'},'attribution':{'title':'\u00e7'},"
                + "'metadata':{'n':1e2},'someday':true}");
    assertThat(answer.members().keySet()).containsExactly("proof");
    Proof proof = Proof.of(answer.get("proof").orElseThrow());
    assertThat(proof.artifactDigest().toBase64()).isEqualTo(DIGEST);
    assertThat(proof.commit().nonce().toBase64()).isEqualTo(slot);
    assertThat(proof.principal().orElseThrow().id()).isEqualTo("me");
    assertThat(proof.json().toJson())
        .contains("\"x\":[1.50,null]", "\"title\":\"\u00e7\"", "\"metadata\":{\"n\":1e2}")
        .doesNotContain("someday");
  }

  @Test
  void commit_bytes_bindsTheirDigest() throws Exception {
    String bytes = Base64.getEncoder().encodeToString("artifact".getBytes(UTF_8));
    JsonObject answer =
        served.ask(
            "{'action':'commit','slotId':'" + served.newSlot() + "','bytesB64':'" + bytes + "'}");
    assertThat(Proof.of(answer.get("proof").orElseThrow()).artifactDigest().toBase64())
        .isEqualTo(DIGEST);
  }

  @Test
  void commit_digest_bindsIt() throws Exception {
    JsonObject answer = served.ask(commit(served.newSlot()));
    assertThat(Proof.of(answer.get("proof").orElseThrow()).artifactDigest().toBase64())
        .isEqualTo(DIGEST);
  }

  private static String commit(String slot) {
    return "{'action':'commit','slotId':'" + slot + "','digestB64':'" + DIGEST + "'}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                               | missing-member",
        "{'action':1}                                     | wrong-type",
        "{'action':'key','action':'key'}                  | duplicate-member",
        "{'action':'key','x':1e999}                       | number-out-of-range",
        "{'action':'key','x':'\\ud800'}                   | lone-surrogate",
        "{'action':'key','\\ud800':1,'\\ud800':1}         | lone-surrogate",
        "{'action':'key','keepAlive':'yes'}               | wrong-type",
        "{'action':'convertBW'}                           | unknown-action",
        "{'action':'Health'}                              | unknown-action",
        "{'action':'init'}                                | genesis-required",
        "{'action':'init','allowGenesis':false}           | genesis-required",
        "{'action':'init','allowGenesis':1}               | wrong-type",
        "{'action':'init','allowGenesis':true,'prevB64':'x'} | predecessor-unsupported",
        "{'action':'allocateSlot','chainId':''}           | invalid-chain-id",
        "{'action':'allocateSlot','chainId':null}         | wrong-type",
        "{'action':'commitDigest','digestB64':'D'}        | missing-member",
        "{'action':'commitDigest','slotId':'S'}           | missing-member",
        "{'action':'commitDigest','slotId':'S','digestB64':'AA'}   | invalid-base64",
        "{'action':'commitDigest','slotId':'S','digestB64':'AAAA'} | invalid-length",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','hashAlg':'sha512'} | unsupported-algorithm",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','agency':{}}      | missing-member",
        "{'action':'commit','slotId':'S','digestB64':'D','agency':null}          | wrong-type",
        "{'action':'commit','slotId':'S','digestB64':'D','bytesB64':''}          | ambiguous-artifact",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','bytesB64':''}    | ambiguous-artifact",
        "{'action':'commit','slotId':'S','bytesB64':'?'}                         | invalid-base64",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','policy':{}}      | missing-member",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','policy':[]}      | wrong-type",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','principal':{'id':''}} | empty",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','attribution':{}} | empty",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','metadata':null}  | wrong-type",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','principal':{'id':'LONG'}} | request-too-large",
        "{'action':'commitDigest','slotId':'S','digestB64':'D','metadata':{'x':[{'0':1}]}} | index-name",
        "{'action':'commitDigest','slotId':'none','digestB64':'D'}               | slot-unknown",
      })
  void request_thatCannotBeCarriedOut_hasItsCodeAndLeavesTheSlot(String request, String code)
      throws Exception {
    String slot = served.newSlot();
    JsonObject answer =
        served.ask(
            request
                .replace("'S'", "'" + slot + "'")
                .replace("'D'", "'" + DIGEST + "'")
                .replace("LONG", "x".repeat(2000)));
    assertThat(answer.members().keySet()).containsExactly("error", "code");
    assertThat(PlainPeer.text(answer, "code")).isEqualTo(code);
    assertThat(EnclaveErrorCode.of(code)).isPresent();
    assertThat(served.ask(commit(slot)).has("proof")).isTrue();
  }

  @Test
  void error_pointerOfALongName_isBounded() throws Exception {
    String name = "n".repeat(5000);
    JsonObject answer = served.ask("{'" + name + "':1,'" + name + "':1}");
    assertThat(PlainPeer.text(answer, "code")).isEqualTo("duplicate-member");
    assertThat(PlainPeer.text(answer, "error")).hasSizeLessThan(500);
  }

  @Test
  void commit_slotUsedTwice_isUnknown() throws Exception {
    String slot = served.newSlot();
    assertThat(served.ask(commit(slot)).has("proof")).isTrue();
    assertThat(served.codeOf(commit(slot))).isEqualTo("slot-unknown");
  }

  @Test
  void allocateSlot_tooManyChains_hasItsCode() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(served.ask("{'action':'allocateSlot','chainId':'c" + i + "'}").has("slot"))
          .isTrue();
    }
    assertThat(served.codeOf("{'action':'allocateSlot','chainId':'more'}"))
        .isEqualTo("too-many-chains");
  }

  @Test
  void commit_signerFails_hasItsCodeAndTheServerGoesOn() throws Exception {
    String slot = served.newSlot();
    served
        .signer()
        .fail(
            () -> {
              throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "broken");
            });
    assertThat(served.codeOf(commit(slot))).isEqualTo("signer-failed");
    served.signer().release();
    assertThat(served.ask(commit(served.newSlot())).has("proof")).isTrue();
  }

  @Test
  void commit_signerDiesOfAnError_isInternalAndTheServerGoesOn() throws Exception {
    String slot = served.newSlot();
    served
        .signer()
        .fail(
            () -> {
              throw new StackOverflowError("in a third party's signer");
            });
    assertThat(served.codeOf(commit(slot))).isEqualTo("internal");
    served.signer().release();
    assertThat(served.ask(commit(served.newSlot())).has("proof")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'action':'health'}",
        "{'action':'key'}",
        "{'action':'init','allowGenesis':true}",
        "{'action':'allocateSlot'}",
      })
  void anyAction_closedEpoch_failsClosed(String request) throws Exception {
    served.epoch().close();
    assertThat(served.codeOf(request)).isEqualTo("closed");
  }
}
