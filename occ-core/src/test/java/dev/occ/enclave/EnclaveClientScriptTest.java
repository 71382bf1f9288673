package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.enclave.EnclaveException.Reason;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of answers and failures that a real enclave gives rarely or never. */
@Timeout(60)
class EnclaveClientScriptTest {
  private static final String KEY =
      "{\"publicKeyB64\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"measurement\":\"m\","
          + "\"enforcement\":\"stub\",\"epochId\":\"e\"}";
  private static final CommitRequest COMMIT =
      CommitRequest.of("slot", Bytes.sha256("artifact".getBytes(UTF_8)));

  @Test
  void key_pooledConnectionDies_isRepeatedOnce() throws Exception {
    try (ScriptedEnclave enclave =
            new ScriptedEnclave(KEY + "\n", ScriptedEnclave.CLOSE, KEY + "\n");
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(client.key()).isEqualTo(client.key());
      assertThat(enclave.requests()).hasSize(3);
      assertThat(enclave.connections()).isEqualTo(2);
    }
  }

  @Test
  void key_freshConnectionDies_isUnavailable() throws Exception {
    try (ScriptedEnclave enclave = new ScriptedEnclave(ScriptedEnclave.CLOSE);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(failure(client::key).reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(enclave.requests()).hasSize(1);
    }
  }

  @Test
  void commit_pooledConnectionDies_isNeverRepeated() throws Exception {
    try (ScriptedEnclave enclave = new ScriptedEnclave(KEY + "\n", ScriptedEnclave.CLOSE);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(client.key().epochId()).isEqualTo("e");
      EnclaveException broken = failure(() -> client.commitDigest(COMMIT));
      assertThat(broken.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(broken.mayHaveTakenEffect()).isTrue();
      assertThat(broken.code()).isEmpty();
      assertThat(enclave.requests()).hasSize(2);
    }
  }

  @Test
  void answer_withoutNewline_endsTheConnection() throws Exception {
    try (ScriptedEnclave enclave = new ScriptedEnclave(KEY, KEY);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(client.key()).isEqualTo(client.key());
      assertThat(enclave.connections()).isEqualTo(2);
    }
  }

  @Test
  void answer_withMoreBehindIt_endsTheConnection() throws Exception {
    try (ScriptedEnclave enclave = new ScriptedEnclave(KEY + "\n" + KEY, KEY);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(client.key()).isEqualTo(client.key());
      assertThat(enclave.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":}",
        "{}",
        "{\"error\":\"no code\"}",
        "{\"code\":\"no text\"}",
        "{\"error\":{},\"code\":\"busy\"}",
        "{\"proof\":{}}",
        "{\"proof\":null}"
      })
  void answer_notOneToACommit_isProtocolOfUnknownOutcome(String answer) throws Exception {
    try (ScriptedEnclave enclave = new ScriptedEnclave(answer + "\n");
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      EnclaveException failure = failure(() -> client.commitDigest(COMMIT));
      assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
      assertThat(failure.mayHaveTakenEffect()).isTrue();
    }
  }

  @Test
  void answer_overTheLimit_isProtocol() throws Exception {
    EnclaveClientOptions options = EnclaveClientOptions.builder().maxAnswerBytes(100).build();
    try (ScriptedEnclave enclave = new ScriptedEnclave(KEY);
        EnclaveClient client = EnclaveClient.builder(enclave.address()).options(options).build()) {
      assertThat(failure(client::key).reason()).isEqualTo(Reason.PROTOCOL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "busy,BUSY,false",
    "closing,UNAVAILABLE,false",
    "closed,UNAVAILABLE,false",
    "slot-expired,REFUSED,false",
    "internal,REFUSED,true",
    "teapot,REFUSED,true",
  })
  void error_ofAnyCode_hasItsReason(String code, Reason reason, boolean open) throws Exception {
    String answer = "{\"error\":\"why\",\"code\":\"" + code + "\"}\n";
    try (ScriptedEnclave enclave = new ScriptedEnclave(answer);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      EnclaveException failure = failure(() -> client.commitDigest(COMMIT));
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure.code()).contains(code);
      assertThat(failure.mayHaveTakenEffect()).isEqualTo(open);
      assertThat(enclave.requests()).hasSize(1);
    }
  }

  @Test
  void proof_ofAnotherDigestOrSlot_isProtocol() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      Slot slot = epoch.allocateSlot();
      Proof proof = epoch.commit(CommitRequest.of(slot.id(), COMMIT.digest()));
      String answer = JsonObject.builder().put("proof", proof.json()).build().toJson() + "\n";
      try (ScriptedEnclave enclave = new ScriptedEnclave(answer, answer, answer);
          EnclaveClient client = EnclaveClient.open(enclave.address())) {
        Bytes other = Bytes.sha256(new byte[1]);
        for (CommitRequest wrong : List.of(COMMIT, CommitRequest.of(slot.id(), other))) {
          assertThat(failure(() -> client.commitDigest(wrong)).reason()).isEqualTo(Reason.PROTOCOL);
        }
        assertThat(client.commitDigest(CommitRequest.of(slot.id(), COMMIT.digest())).toBytes())
            .isEqualTo(proof.toBytes());
      }
    }
  }

  private static JsonObject answer(Slot slot, String chainId) {
    return JsonObject.builder()
        .put("slotId", slot.id())
        .put("slot", slot.allocation().json())
        .put("chainId", chainId)
        .build();
  }

  @Test
  void slot_ofAnotherChain_isProtocol() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      Slot slot = epoch.allocateSlot("other");
      try (ScriptedEnclave enclave = new ScriptedEnclave(answer(slot, "asked").toJson());
          EnclaveClient client = EnclaveClient.open(enclave.address())) {
        assertThat(failure(() -> client.allocateSlot("asked")).reason()).isEqualTo(Reason.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"starting\",\"chains\":1,",
        "{\"chains\":1,",
        "{\"status\":\"ok\",",
        "{\"status\":\"ok\",\"chains\":-1,",
      })
  void health_notThatOfARunningEnclave_isProtocol(String begin) throws Exception {
    String rest = KEY.substring(1) + "\n";
    try (ScriptedEnclave enclave =
            new ScriptedEnclave(begin + rest, "{\"status\":\"ok\",\"chains\":1," + rest);
        EnclaveClient client = EnclaveClient.open(enclave.address())) {
      assertThat(failure(client::health).reason()).isEqualTo(Reason.PROTOCOL);
      assertThat(client.health().chains()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"slotId, other", "chainId, other", "slotId,", "chainId,"})
  void slot_whoseAnswerNamesAnother_isProtocol(String member, String value) throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      Slot slot = epoch.allocateSlot("asked");
      JsonObject good = answer(slot, "asked");
      JsonObject bad = value == null ? good.without(member) : good.with(member, text(value));
      try (ScriptedEnclave enclave =
              new ScriptedEnclave(bad.toJson() + "\n", good.toJson() + "\n");
          EnclaveClient client = EnclaveClient.open(enclave.address())) {
        assertThat(failure(() -> client.allocateSlot("asked")).reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(client.allocateSlot("asked").id()).isEqualTo(slot.id());
      }
    }
  }

  private static JsonString text(String value) {
    return new JsonString(value);
  }

  /** Keys, slots and proofs each tell of a new epoch. */
  @Test
  void answers_ofAnotherEpoch_areToldToTheListener() throws Exception {
    List<String> changes = new ArrayList<>();
    try (Epoch first = Epoch.open(SoftSigner.open());
        Epoch second = Epoch.open(SoftSigner.open())) {
      Slot used = first.allocateSlot();
      Slot slot = second.allocateSlot("asked");
      Proof proof = first.commit(CommitRequest.of(used.id(), COMMIT.digest()));
      JsonObject proofAnswer = JsonObject.builder().put("proof", proof.json()).build();
      JsonObject slotAnswer = answer(slot, "asked");
      try (ScriptedEnclave enclave =
              new ScriptedEnclave(
                  KEY + "\n", proofAnswer.toJson() + "\n", slotAnswer.toJson() + "\n");
          EnclaveClient client =
              EnclaveClient.builder(enclave.address())
                  .epochListener((previous, current) -> changes.add(previous + ">" + current))
                  .build()) {
        assertThat(client.key().epochId()).isEqualTo("e");
        assertThat(client.commitDigest(CommitRequest.of(used.id(), COMMIT.digest())).toBytes())
            .isEqualTo(proof.toBytes());
        assertThat(client.allocateSlot("asked").id()).isEqualTo(slot.id());
      }
      assertThat(changes).containsExactly("e>" + first.id(), first.id() + ">" + second.id());
    }
  }

  private static EnclaveException failure(ThrowingCallable call) {
    EnclaveException failure = catchThrowableOfType(EnclaveException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
