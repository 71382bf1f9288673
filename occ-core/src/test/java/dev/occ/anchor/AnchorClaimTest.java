package dev.occ.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import dev.occ.testing.Blocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorClaimTest {
  private static final String HASH = "0x" + "ab".repeat(32);

  @Test
  void signedBytes_ofOcc_areTheFiveLines() throws JsonException {
    AnchorScope scope = new AnchorScope(ProtocolName.OCC, "RXBvY2g=", "global");
    AnchoredBlock block = new AnchoredBlock(21_000_000, Bytes.fromHex("ab".repeat(32)));
    assertThat(new String(scope.signedBytes(block), UTF_8))
        .isEqualTo("occ-anchor/1\nRXBvY2g=\nglobal\n21000000\n" + HASH);
  }

  @Test
  void signedBytes_ofBitgraph_haveItsName() throws JsonException {
    AnchorScope scope = new AnchorScope(ProtocolName.BITGRAPH, "e", "bitgraph:main");
    AnchoredBlock block = new AnchoredBlock((1L << 53) - 1, Bytes.fromHex("ab".repeat(32)));
    assertThat(new String(scope.signedBytes(block), UTF_8))
        .isEqualTo("bitgraph-anchor/1\ne\nbitgraph:main\n9007199254740991\n" + HASH);
  }

  /** Otherwise one signature could stand for two chains. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "a\n5", "a\n"})
  void scope_partThatIsNotOneLine_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchorScope(ProtocolName.OCC, "e", text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchorScope(ProtocolName.OCC, text, "c"));
  }

  @Test
  void read_ownJson_isTheSameClaim() throws JsonException {
    AnchorClaim claim = Blocks.claim(7, "e", "c");
    assertThat(AnchorClaim.read(claim.toJson())).isEqualTo(claim);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'blockNumber':0 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':-1 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':9007199254740992 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':1.5 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':1e3 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':1.0 | /blockNumber | NUMBER_OUT_OF_RANGE",
        "'blockNumber':'1' | /blockNumber | WRONG_TYPE",
        "'blockNumber':null | /blockNumber | WRONG_TYPE",
        "'x':1 | /x | UNKNOWN_MEMBER",
        "'blockNumber':1 | /blockHash | MISSING_MEMBER",
        "'blockNumber':1,'blockHash':5 | /blockHash | WRONG_TYPE",
        "'blockNumber':1,'blockHash':'abab' | /blockHash | INVALID_HEX",
        "'blockNumber':1,'blockHash':'0xAB' | /blockHash | INVALID_HEX",
        "'blockNumber':1,'blockHash':'0xabab' | /blockHash | INVALID_LENGTH",
        "'blockNumber':1,'blockHash':'HASH' | /signatureB64 | MISSING_MEMBER",
        "'blockNumber':1,'blockHash':'HASH','signatureB64':'AA==' | /signatureB64 | INVALID_LENGTH",
        "'blockNumber':1,'blockHash':'HASH','signatureB64':'*' | /signatureB64 | INVALID_BASE64",
        "'blockHash':'HASH','signatureB64':'AA==' | /blockNumber | MISSING_MEMBER",
      })
  void read_malformed_isRefusedWithItsPlace(
      String members, String pointer, JsonException.Reason reason) throws JsonException {
    JsonObject json =
        (JsonObject)
            JsonValue.read(
                ("{" + members.replace('\'', '"').replace("HASH", HASH) + "}").getBytes(UTF_8));
    JsonException refusal =
        catchThrowableOfType(JsonException.class, () -> AnchorClaim.read(json).toJson());
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.pointer()).isEqualTo(pointer);
  }

  @Test
  void new_signatureOfAnotherLength_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchorClaim(Blocks.block(1), Bytes.of(new byte[63])));
  }
}
