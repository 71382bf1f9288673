package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.anchor.AnchorClaim;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.EpochOptions;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAnchor;
import dev.occ.testing.Blocks;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anchors and floors over the enclave protocol (spec 10 and 13). */
@Timeout(60)
class EnclaveAnchorTest {
  private static final String CHAIN = "global";
  private static final AnchoredBlock BLOCK = Blocks.block(100);

  private Served served;
  private EnclaveClient client;

  @BeforeEach
  void start() throws Exception {
    served =
        Served.on(
            EpochOptions.builder()
                .anchorKey(Blocks.ANCHORER.publicKey())
                .baseFloors(Blocks::keccak));
    client = EnclaveClient.open(served.address());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    served.close();
  }

  private CommitRequest request(String slotId, AnchorClaim claim) {
    return CommitRequest.builder(slotId, claim.block().digest())
        .attribution(claim.block().attribution("https://etherscan.io"))
        .anchor(claim)
        .build();
  }

  private AnchorClaim claim(long number) {
    return Blocks.claim(number, served.epoch().id(), CHAIN);
  }

  @Test
  void commit_claimByClient_isAnAnchorAndTheNextSlotsFloor() throws Exception {
    assertThat(client.allocateSlot().floor()).isEqualTo(Floor.NONE);
    Proof proof = client.commitDigest(request(client.allocateSlot().id(), claim(100)));
    assertThat(proof.commit().anchor()).contains(BLOCK);
    Slot slot = client.allocateSlot();
    assertThat(slot.floor())
        .isEqualTo(new SlotAnchor(proof.commit().counter().orElseThrow(), BLOCK));
    JsonObject answer = served.ask("{'action':'allocateSlot'}");
    assertThat(JsonView.of(answer).view("anchor").object())
        .isEqualTo(((SlotAnchor) slot.floor()).toJson());
    assertThat(answer.has("floor")).isFalse();
  }

  @Test
  void allocateSlot_withABlock_answersItAsFloor() throws Exception {
    Bytes header = Blocks.baseHeader(1000);
    Slot slot = client.allocateSlot("c", header);
    assertThat(slot.floor())
        .isEqualTo(new BaseFloor(1000, Bytes.of(Blocks.keccak(header.toByteArray()))));
    JsonObject answer =
        served.ask(
            "{'action':'allocateSlot','chainId':'c','baseFloorHeaderB64':'"
                + header.toBase64()
                + "'}");
    assertThat(JsonView.of(answer).view("floor").object())
        .isEqualTo(((BaseFloor) slot.floor()).toJson());
    assertThat(answer.has("anchor")).isFalse();
  }

  @Test
  void key_floorsOn_saysSo() throws Exception {
    assertThat(served.ask("{'action':'key'}").get("floor")).contains(new JsonString("base"));
    assertThat(client.key().takesBaseFloors()).isTrue();
    try (Served without = Served.on(Served.Transport.TCP);
        EnclaveClient other = EnclaveClient.open(without.address())) {
      assertThat(without.ask("{'action':'key'}").has("floor")).isFalse();
      assertThat(other.key().takesBaseFloors()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'blockNumber':100 | 'blockNumber':9007199254740992 | number-out-of-range",
        "'blockNumber':100 | 'blockNumber':9007199254740993 | number-out-of-range",
        "'blockNumber':100 | 'blockNumber':0 | number-out-of-range",
        "'blockNumber':100 | 'blockNumber':1e2 | number-out-of-range",
        "'blockNumber':100 | 'blockNumber':'100' | wrong-type",
        "'blockNumber':100 | 'blockNumber':99,'blockNumber':100 | duplicate-member",
        "'blockNumber':100 | 'blockNumber':100,'chainId':'global' | unknown-member",
        "'blockNumber':100 | 'blockNumber':101 | anchor-attribution-mismatch",
        "'blockHash':'0x | 'blockHash':'0X | invalid-hex",
        "'blockHash':'0x | 'blockHash':'0x00 | invalid-length",
        "HASH | UPPER | invalid-hex",
        "'anchor': | 'anchor':null,'metadata': | wrong-type",
        "'anchor': | 'anchor':[],'metadata': | wrong-type",
        "'anchor': | 'Anchor': | unknown-member",
        "'anchor': | 'metadata': | anchor-reserved",
        "DIGEST | 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= | anchor-digest-mismatch",
        "SIGNATURE | FORGED | anchor-signature-invalid",
      })
  void commitDigest_claimChanged_isRefusedAndTheSlotStaysUsable(String from, String to, String code)
      throws Exception {
    String slotId = served.newSlot();
    AnchorClaim claim = claim(100);
    String genuine =
        "{'action':'commitDigest','slotId':'"
            + slotId
            + "','digestB64':'"
            + BLOCK.digest().toBase64()
            + "','attribution':"
            + BLOCK.attribution("https://etherscan.io").toJson().toJson().replace('"', '\'')
            + ",'anchor':"
            + claim.toJson().toJson().replace('"', '\'')
            + "}";
    String changed = genuine.replace(place(from), place(to));
    assertThat(changed).isNotEqualTo(genuine);
    assertThat(served.codeOf(changed)).isEqualTo(code);
    assertThat(JsonView.of(served.ask(genuine)).view("proof").view("commit").object().has("anchor"))
        .isTrue();
  }

  private String place(String text) {
    return switch (text) {
      case "HASH" -> "'blockHash':'" + BLOCK.hashText();
      case "UPPER" -> "'blockHash':'0x" + BLOCK.hash().toHex().toUpperCase(Locale.ROOT);
      case "DIGEST" -> BLOCK.digest().toBase64();
      case "SIGNATURE" -> claim(100).signature().toBase64();
      case "FORGED" -> claim(99).signature().toBase64();
      default -> text;
    };
  }

  @Test
  void commit_byItsBytes_isAnAnchorToo() throws Exception {
    String bytes = Bytes.of(BLOCK.hashText().getBytes(UTF_8)).toBase64();
    JsonObject answer =
        served.ask(
            "{'action':'commit','slotId':'"
                + served.newSlot()
                + "','bytesB64':'"
                + bytes
                + "','attribution':"
                + BLOCK.attribution("https://etherscan.io").toJson().toJson().replace('"', '\'')
                + ",'anchor':"
                + claim(100).toJson().toJson().replace('"', '\'')
                + "}");
    assertThat(JsonView.of(answer).view("proof").view("commit").view("anchor").object())
        .isEqualTo(BLOCK.toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "AAA,invalid-base64",
    "'',floor-header-invalid",
    "wA==,floor-header-invalid",
  })
  void allocateSlot_headerMalformed_isRefused(String header, String code) throws Exception {
    assertThat(served.codeOf("{'action':'allocateSlot','baseFloorHeaderB64':'" + header + "'}"))
        .isEqualTo(code);
  }

  @Test
  void allocateSlot_refusedByTheEpoch_tellsTheClientWhy() throws Exception {
    try (Served without = Served.on(Served.Transport.TCP);
        EnclaveClient other = EnclaveClient.open(without.address())) {
      EnclaveException refusal =
          catchThrowableOfType(
              EnclaveException.class,
              () -> other.allocateSlot(CHAIN, Blocks.baseHeader(1)).floor());
      assertThat(refusal.code()).contains("floor-unsupported");
      assertThat(refusal.mayHaveTakenEffect()).isFalse();
    }
  }
}
