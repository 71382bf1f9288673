package dev.occ.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.testing.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentTest {
  private static final Bytes DIGEST = Bytes.sha256(new byte[] {1});
  private static final Bytes SECOND = Bytes.sha256(new byte[] {2});
  private static final Bytes NONCE = Bytes.sha256(new byte[] {3});
  private static final JsonObject ACTOR =
      JsonObject.builder().put("provider", "p").put("keyId", "k").build();

  private static Intent.Builder builder() {
    return Intent.builder("the epoch", ACTOR, List.of(DIGEST, SECOND));
  }

  /** The canonical form written out by hand, as spec 9 has it. */
  @Test
  void hash_everyMember_isOfTheSpecifiedDocument() throws Exception {
    Intent intent =
        builder()
            .chain("orders")
            .policy(Json.object("{\"digestB64\":\"x\"}"))
            .principal(Json.object("{\"id\":\"alice\"}"))
            .attribution(Json.object("{\"title\":\"t\",\"name\":\"n\"}"))
            .build();
    String document =
        "{\"actor\":{\"keyId\":\"k\",\"provider\":\"p\"},"
            + "\"attribution\":{\"name\":\"n\",\"title\":\"t\"},\"chainId\":\"orders\","
            + "\"digests\":[\""
            + DIGEST.toBase64()
            + "\",\""
            + SECOND.toBase64()
            + "\"],\"epochId\":\"the epoch\",\"policy\":{\"digestB64\":\"x\"},"
            + "\"principal\":{\"id\":\"alice\"},\"purpose\":\"occ/intent/1\"}";
    assertThat(new String(CanonicalJson.encode(intent.toJson()), StandardCharsets.UTF_8))
        .isEqualTo(document);
    assertThat(intent.hash()).isEqualTo(sha256(document));
  }

  @Test
  void hash_nothingElse_namesTheDefaultChain() {
    assertThat(builder().build().toJson().get("chainId").orElseThrow().toJson())
        .isEqualTo("\"global\"");
    assertThat(builder().build().toJson().members())
        .containsOnlyKeys("purpose", "epochId", "digests", "chainId", "actor");
  }

  @Test
  void challenge_ofNonceAndHash_isTheSpecifiedHash() {
    Intent intent = builder().build();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes("occ/intent/1".getBytes(StandardCharsets.UTF_8));
    message.write(0);
    message.writeBytes(NONCE.toByteArray());
    message.writeBytes(intent.hash().toByteArray());
    assertThat(intent.challenge(NONCE)).isEqualTo(Bytes.sha256(message.toByteArray()));
  }

  @Test
  void builder_badLengths_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Intent.builder("e", ACTOR, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Intent.builder("e", ACTOR, List.of(Bytes.of(new byte[31]))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().build().challenge(Bytes.of(new byte[33])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Intent.challenge(NONCE, Bytes.of(new byte[31])));
  }

  private static Bytes sha256(String text) {
    return Bytes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
