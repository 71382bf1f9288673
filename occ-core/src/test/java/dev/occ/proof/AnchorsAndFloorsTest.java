package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.INVALID_HEX;
import static dev.occ.json.JsonException.Reason.INVALID_LENGTH;
import static dev.occ.json.JsonException.Reason.INVALID_VALUE;
import static dev.occ.json.JsonException.Reason.NUMBER_OUT_OF_RANGE;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.testing.Json;
import dev.occ.testing.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of anchors and floors in a proof's commit (spec 10). */
class AnchorsAndFloorsTest {
  private static final List<String> BLOCKS =
      List.of("/commit/anchor", "/commit/slotAnchor", "/commit/slotFloor");
  private static final String HASH = "ab".repeat(32);

  private static JsonObject with(String pointer, String json) throws JsonException {
    return Json.with(TestProofs.full(), pointer, read(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1e3", "9007199254740992"})
  void of_blockNumberOutOfRange_isRefused(String number) throws Exception {
    for (String block : BLOCKS) {
      JsonObject proof = with(block + "/blockNumber", number);
      assertRefused(() -> Proof.of(proof), NUMBER_OUT_OF_RANGE, block + "/blockNumber");
    }
  }

  @Test
  void of_blockHashThatIsNotLowerCaseHexAfter0x_isRefused() throws Exception {
    for (String block : BLOCKS) {
      String pointer = block + "/blockHash";
      refuse(pointer, HASH, INVALID_HEX);
      refuse(pointer, "0X" + HASH, INVALID_HEX);
      refuse(pointer, "0x" + HASH.replace('a', 'A'), INVALID_HEX);
      refuse(pointer, "0x" + HASH.substring(2), INVALID_LENGTH);
      refuse(pointer, "0x" + HASH + "ab", INVALID_LENGTH);
    }
  }

  private static void refuse(String pointer, String hash, JsonException.Reason reason)
      throws JsonException {
    JsonObject proof = Json.with(TestProofs.full(), pointer, new JsonString(hash));
    assertRefused(() -> Proof.of(proof), reason, pointer);
  }

  @ParameterizedTest
  @CsvSource({
    "chain, '\"ethereum\"'",
    "chain, '\"\"'",
    "evmChainId, 1",
    "blockTimestamp, 1686789347",
    "blockTimestamp, 1686789350",
    "blockTimestamp, 1686789351",
  })
  void of_floorThatIsNotOnBasesSchedule_isRefused(String name, String value) throws Exception {
    String pointer = "/commit/slotFloor/" + name;
    JsonObject proof = with(pointer, value);
    assertRefused(() -> Proof.of(proof), INVALID_VALUE, pointer);
  }

  @Test
  void of_floorWhoseTimeNoExactNumberHolds_isRefused() throws Exception {
    String pointer = "/commit/slotFloor/blockNumber";
    JsonObject proof = with(pointer, Long.toString(BaseFloor.MAX_NUMBER + 1));
    assertRefused(() -> Proof.of(proof), NUMBER_OUT_OF_RANGE, pointer);
    assertThat(new BaseFloor(BaseFloor.MAX_NUMBER, Bytes.of(new byte[32])).timestamp())
        .isLessThanOrEqualTo(JsonNumber.MAX_EXACT_INTEGER);
  }

  @Test
  void of_unknownMemberOfAFloor_isKept() throws Exception {
    JsonObject proof = with("/commit/slotAnchor/more", "[1]");
    assertThat(Proof.of(proof).json()).isEqualTo(proof);
  }

  @Test
  void commit_ofBothFloors_hasNone() throws Exception {
    Commit both = Proof.of(TestProofs.full()).commit();
    assertThat(both.hasTwoFloors()).isTrue();
    assertThat(both.floor()).isEqualTo(Floor.NONE);

    Commit anchor = Proof.of(Json.without(TestProofs.full(), "/commit/slotFloor")).commit();
    assertThat(anchor.floor())
        .isEqualTo(new SlotAnchor(Counter.of(0), new AnchoredBlock(6, Bytes.of(new byte[32]))));
    Commit base = Proof.of(Json.without(TestProofs.full(), "/commit/slotAnchor")).commit();
    assertThat(base.floor()).isEqualTo(new BaseFloor(1, Bytes.of(new byte[32])));
    assertThat(Proof.of(TestProofs.minimal()).commit().floor()).isEqualTo(Floor.NONE);
  }

  @Test
  void toJson_ofWhatWasRead_isWhatStoodThere() throws Exception {
    JsonObject commit = Proof.of(TestProofs.full()).json();
    Commit typed = Proof.of(commit).commit();
    JsonObject json = (JsonObject) commit.get("commit").orElseThrow();
    assertThat(json.get("anchor")).contains(typed.anchor().orElseThrow().toJson());
    assertThat(json.get("slotAnchor")).contains(typed.slotAnchor().orElseThrow().toJson());
    assertThat(json.get("slotFloor")).contains(typed.slotFloor().orElseThrow().toJson());
  }

  @Test
  void anchoredBlock_isNamedByItsOwnAttributionOnly() {
    AnchoredBlock block = new AnchoredBlock(12, Bytes.of(new byte[32]));
    Attribution own = block.attribution("https://etherscan.io");
    assertThat(block.isNamedBy(own)).isTrue();
    assertThat(new AnchoredBlock(2, block.hash()).isNamedBy(own)).isFalse();
    assertThat(new AnchoredBlock(12, Bytes.sha256(new byte[0])).isNamedBy(own)).isFalse();
    assertThat(block.isNamedBy(Attribution.of(AnchoredBlock.ATTRIBUTION_NAME))).isFalse();
  }

  @Test
  void construct_outOfRange_isRefused() {
    Bytes hash = Bytes.of(new byte[32]);
    assertThatIllegalArgumentException().isThrownBy(() -> new AnchoredBlock(0, hash));
    assertThatIllegalArgumentException().isThrownBy(() -> new AnchoredBlock(1L << 53, hash));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchoredBlock(1, Bytes.of(new byte[31])));
    assertThatIllegalArgumentException().isThrownBy(() -> new BaseFloor(0, hash));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BaseFloor(BaseFloor.MAX_NUMBER + 1, hash));
  }

  @Test
  void read_realAnchorAndRealFloors_areThere() throws Exception {
    Commit anchor = Proof.read(Vectors.bytes("bitgraph/floor-4542.anchor.json")).commit();
    assertThat(anchor.anchor().map(AnchoredBlock::number)).contains(26088457L);
    assertThat(anchor.slotAnchor().map(floor -> floor.block().number())).contains(26088455L);
    Commit base = Proof.read(Vectors.bytes("bitgraph/made3.proof.json")).commit();
    assertThat(base.slotFloor().map(BaseFloor::timestamp)).contains(1791332181L);
    Commit ordinary = Proof.read(Vectors.bytes("bitgraph/demo4546.proof.json")).commit();
    assertThat(ordinary.slotAnchor().map(floor -> floor.counter().toString())).contains("4542");
  }
}
