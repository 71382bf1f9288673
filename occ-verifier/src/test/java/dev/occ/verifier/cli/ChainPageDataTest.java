package dev.occ.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.chain.ChainId;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.CounterDensity;
import dev.occ.verifier.chain.EpochPlace;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.Listed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainPageDataTest {
  private static final Bytes KEY = Bytes.sha256(new byte[0]);

  @ParameterizedTest
  @CsvSource({"0,1", "53,9007199254740992", "54,18014398509481984", "63,9223372036854775808"})
  void toJson_widthOfAnySize_isExactText(int shift, String width) {
    ChainReport report = report(new CounterDensity(Counter.ZERO, 1L << shift, List.of(1L, 1L)));

    JsonNode data = JsonMapper.shared().readTree(new ChainPageData(report).toJson());

    assertThat(data.at("/chains/0/d/w").stringValue()).isEqualTo(width);
    assertThat(data.at("/chains/0/d/s").stringValue()).isEqualTo("0");
    assertThat(data.at("/chains/0/a/w").stringValue()).isEqualTo("1");
  }

  @Test
  void toBytes_countersAtBothEnds_isAPage() {
    ChainReport report = report(new CounterDensity(Counter.ZERO, 1L << 58, List.of(1L, 0L, 1L)));

    byte[] page = new ChainPage(report, Trust.INTEGRITY_ONLY).toBytes();

    assertThat(new String(page, StandardCharsets.UTF_8))
        .contains("\"last\":\"18446744073709551615\"", "\"w\":\"288230376151711744\"")
        .endsWith("</html>\n");
  }

  /** One chain with a proof at each end of what a counter can be. */
  private static ChainReport report(CounterDensity density) {
    ChainSummary chain =
        new ChainSummary(
            new ChainId(Optional.empty(), KEY, "global"),
            2,
            0,
            Optional.of(Counter.of(2)),
            Optional.of(Counter.MAX),
            new Listed<>(List.of(), 0),
            0,
            Optional.empty(),
            Optional.empty(),
            new Listed<>(List.of(), 0),
            density,
            new CounterDensity(Counter.ZERO, 1, List.of()));
    EpochSummary epoch =
        new EpochSummary(
            Optional.empty(),
            KEY,
            2,
            EpochPlace.ANCHORED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            new Listed<>(List.of(chain), 1));
    return new ChainReport(2, 2, 0, 1, false, new Listed<>(List.of(epoch), 1), Map.of());
  }
}
