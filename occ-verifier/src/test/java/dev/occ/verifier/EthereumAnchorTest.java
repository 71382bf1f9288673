package dev.occ.verifier;

import static dev.occ.verifier.Forge.json;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Forge.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EthereumAnchorTest {
  private static final String HASH = "0x" + "ab".repeat(32);
  private static final String URL = "https://etherscan.io/block/24800448";
  private static final AnchoredBlock BLOCK = new AnchoredBlock(7, Bytes.sha256(new byte[0]));

  private final Forge forge = Forge.open();

  @AfterEach
  void close() {
    forge.close();
  }

  private JsonObject claim(AnchoredBlock block) {
    return set(forge.proof(), text(block.digest()), "artifact", "digestB64")
        .with("attribution", block.attribution("https://etherscan.io").toJson());
  }

  private static JsonObject authenticated(JsonObject claim, AnchoredBlock block) {
    return set(claim, block.toJson(), "commit", "anchor");
  }

  private static AnchorReading reading(JsonObject proof) {
    return EthereumAnchor.read(Forge.read(proof));
  }

  @Test
  void read_whatAttributionGives_isAnAnchorThatNobodyAuthenticated() {
    assertThat(BLOCK.attribution("https://etherscan.io").title())
        .contains("https://etherscan.io/block/7");
    assertThat(reading(claim(BLOCK))).isEqualTo(new EthereumAnchor(BLOCK, false));
  }

  @Test
  void read_blockInTheCommit_isAuthenticated() {
    assertThat(reading(authenticated(claim(BLOCK), BLOCK)))
        .isEqualTo(new EthereumAnchor(BLOCK, true));
    assertThat(reading(authenticated(claim(BLOCK), BLOCK).without("attribution")))
        .isEqualTo(new EthereumAnchor(BLOCK, true));
  }

  @Test
  void read_attributionOfAnotherBlockThanTheCommit_isNoAnchor() {
    AnchoredBlock other = new AnchoredBlock(8, BLOCK.hash());
    assertThat(reading(authenticated(claim(BLOCK), other)))
        .isEqualTo(new AnchorReading.Malformed(AnchorReading.Reason.ATTRIBUTION));
  }

  @Test
  void read_commitOfABlockThatTheArtifactIsNot_isNoAnchor() {
    assertThat(reading(authenticated(forge.proof(), BLOCK)))
        .isEqualTo(new AnchorReading.Malformed(AnchorReading.Reason.DIGEST));
  }

  @Test
  void read_ordinaryProof_isNoAnchor() {
    assertThat(reading(forge.proof())).isEqualTo(new AnchorReading.NotAnAnchor());
    JsonObject lower = claim(BLOCK).with("attribution", json("{\"name\":\"ethereum anchor\"}"));
    assertThat(reading(lower)).isEqualTo(new AnchorReading.NotAnAnchor());
    assertThat(reading(lower.without("attribution"))).isEqualTo(new AnchorReading.NotAnAnchor());
  }

  @ParameterizedTest
  @CsvSource({
    "https://etherscan.io/block/24800448, 0xab, message-not-a-block-hash",
    "https://etherscan.io/block/24800448, ab, message-not-a-block-hash",
    "https://etherscan.io/block/24800448, 0xAB, message-not-a-block-hash",
    "https://etherscan.io/block/, HASH, title-without-block",
    "https://etherscan.io/block/1/x, HASH, title-without-block",
    "https://etherscan.io/block/-1, HASH, title-without-block",
    "https://etherscan.io/block/1٣, HASH, title-without-block",
    "ether scan/block/1, HASH, title-without-block",
    "https://ether scan.io/block/1, HASH, title-without-block",
    "https://etherscan.io\u007F/block/1, HASH, title-without-block",
    "https://ethersc\u00E4n.io/block/1, HASH, title-without-block",
    "https://etherscan.io\u0001/block/1, HASH, title-without-block",
    "javascript:alert(1)/block/1, HASH, title-without-block",
    "https://etherscan.io/tx/24800448, HASH, title-without-block",
    "https://etherscan.io/block/01, HASH, block-number-not-canonical",
    "https://etherscan.io/block/0, HASH, block-number-not-canonical",
    "https://etherscan.io/block/9007199254740992, HASH, block-number-not-canonical",
    "https://etherscan.io/block/18446744073709551615, HASH, block-number-not-canonical",
    "https://etherscan.io/block/18446744073709551616, HASH, block-number-not-canonical",
  })
  void read_malformedAnchor_saysWhy(String title, String message, String code) {
    String hash = message.replace("HASH", HASH);
    assertThat(reason(title, hash, Bytes.sha256(hash.getBytes(UTF_8)))).isEqualTo(code);
  }

  @Test
  void read_digestOfOtherText_saysWhy() {
    assertThat(reason(URL, HASH, Bytes.sha256(new byte[32]))).isEqualTo("digest-not-of-block-hash");
  }

  private String reason(String title, String message, Bytes digest) {
    Attribution attribution =
        new Attribution(
            Optional.of(AnchoredBlock.ATTRIBUTION_NAME), Optional.of(title), Optional.of(message));
    AnchorReading reading =
        reading(
            set(forge.proof(), text(digest), "artifact", "digestB64")
                .with("attribution", attribution.toJson()));
    assertThat(reading).isInstanceOf(AnchorReading.Malformed.class);
    return ((AnchorReading.Malformed) reading).reason().code();
  }
}
