package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EthereumAnchorTest {
  private static final String HASH = "0x" + "ab".repeat(32);
  private static final String URL = "https://etherscan.io/block/24800448";

  @Test
  void read_whatAttributionGives_isTheAnchor() {
    EthereumAnchor anchor = new EthereumAnchor(Counter.of(7), Bytes.sha256(new byte[0]));
    Attribution attribution = anchor.attribution("https://etherscan.io");
    assertThat(attribution.title()).contains("https://etherscan.io/block/7");
    try (LedgerEpoch epoch = new LedgerEpoch("e", 1)) {
      Proof proof = epoch.sign(new LedgerEpoch.Plan("global", 1, 2).anchor(anchor));
      assertThat(EthereumAnchor.read(proof)).isEqualTo(anchor);
    }
  }

  @Test
  void read_ordinaryProof_isNoAnchor() {
    try (LedgerEpoch epoch = new LedgerEpoch("e", 1)) {
      LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", 1, 2);
      assertThat(EthereumAnchor.read(epoch.sign(plan))).isEqualTo(new AnchorReading.NotAnAnchor());
      plan.attribution = Optional.of(Attribution.of("ethereum anchor").toJson());
      assertThat(EthereumAnchor.read(epoch.sign(plan))).isEqualTo(new AnchorReading.NotAnAnchor());
    }
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
    "https://etherscan.io/block/18446744073709551616, HASH, block-number-not-canonical",
  })
  void read_malformedAnchor_saysWhy(String title, String message, String code) {
    assertThat(problem(title, message.replace("HASH", HASH), Optional.empty())).isEqualTo(code);
  }

  @Test
  void read_digestOfOtherText_saysWhy() {
    assertThat(problem(URL, HASH, Optional.of(Bytes.sha256(new byte[32]))))
        .isEqualTo("digest-not-of-block-hash");
  }

  private static String problem(String title, String message, Optional<Bytes> digest) {
    try (LedgerEpoch epoch = new LedgerEpoch("e", 1)) {
      LedgerEpoch.Plan plan = new LedgerEpoch.Plan("global", 1, 2);
      plan.attribution(title, message);
      plan.digest = digest.or(() -> plan.digest);
      AnchorReading reading = EthereumAnchor.read(epoch.sign(plan));
      assertThat(reading).isInstanceOf(AnchorReading.Malformed.class);
      return ((AnchorReading.Malformed) reading).problem().code();
    }
  }

  @Test
  void new_hashOfOtherLength_isMisuse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EthereumAnchor(Counter.of(1), Bytes.of(new byte[31])));
  }
}
