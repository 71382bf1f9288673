package dev.occ.verifier.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.options.Trust;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.chain.AnchorBounds;
import dev.occ.verifier.chain.ChainFault;
import dev.occ.verifier.chain.ChainId;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.CounterDensity;
import dev.occ.verifier.chain.EpochPlace;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.chain.Listed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainPageDataTest {
  private static final Bytes KEY = Bytes.sha256(new byte[0]);
  private static final AnchorBounds UNBOUNDED =
      new AnchorBounds(
          Counter.of(2), Counter.MAX, 2, Optional.empty(), false, Optional.empty(), false, false);

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

    assertThat(page(report))
        .contains("\"last\":\"18446744073709551615\"", "\"w\":\"288230376151711744\"")
        .endsWith("</html>\n");
  }

  @Test
  void toBytes_allFaultsListed_numbersAreExact() {
    assertThat(page(with(FaultReason.GAP, List.of(fault("global")), 1, 1)))
        .contains("<span class=\"flag\">1 fault</span>")
        .doesNotContain("at least", "not listed");
  }

  @Test
  void toBytes_faultsLeftOut_numbersAreLowerBounds() {
    assertThat(page(with(FaultReason.GAP, List.of(fault("global")), 5, 1)))
        .contains("<span class=\"flag\">at least 1 fault</span>");
    assertThat(page(with(FaultReason.GAP, List.of(fault("another")), 5, 1)))
        .contains(
            "<span class=\"flag\">some faults are not listed</span>",
            "2 proofs, some faults are not listed; see the tables below")
        .doesNotContain("0 faults; see");
  }

  @Test
  void toBytes_harmlessOrOfNoChainLeftOut_saysNothingOfChains() {
    for (FaultReason reason : List.of(FaultReason.DUPLICATE, FaultReason.INVALID_PROOF)) {
      assertThat(page(with(reason, List.of(fault("another")), 5, 1)))
          .contains("2 proofs, 0 faults; see the tables below")
          .doesNotContain("some faults");
    }
  }

  @Test
  void toBytes_chainsLeftOut_anchorsAreThoseOfTheRest() {
    assertThat(page(with(FaultReason.GAP, List.of(), 0, 1))).contains("<dt>anchors</dt><dd>0</dd>");
    assertThat(page(with(FaultReason.GAP, List.of(), 0, 2)))
        .contains("<dt>anchors</dt><dd>at least 0</dd>");
  }

  @Test
  void toBytes_noAnchors_saysNothingOfBlocks() {
    assertThat(page(with(FaultReason.GAP, List.of(), 0, 1)))
        .doesNotContain("Between which blocks", "Ethereum", ">blocks<", "anchored blocks");
    assertThat(page(with(FaultReason.GAP, List.of(), 0, 2)))
        .as("chains that are not listed may have anchors")
        .contains("Between which blocks", "Ethereum anchor", "data-name=\"blocks\"")
        .doesNotContain("data-name=\"made after block\"");
  }

  @Test
  void toBytes_everyCell_namesItsColumn() {
    assertThat(page(with(FaultReason.GAP, List.of(fault("global")), 1, 1)))
        .contains("<td class=\"num\" data-name=\"counter\">2</td>")
        .contains("<td data-name=\"chain\">global</td><td class=\"hash\" data-name=\"epoch\">");
  }

  private static String page(ChainReport report) {
    ChainOutcome outcome = new ChainOutcome(report, Trust.INTEGRITY_ONLY, List.of(), List.of(), 0);
    return new String(new ChainPage(outcome).toBytes(), StandardCharsets.UTF_8);
  }

  private static ChainFault fault(String chain) {
    return new ChainFault(
        FaultReason.GAP,
        Optional.empty(),
        Optional.of(new ChainId(Optional.empty(), KEY, chain)),
        Optional.empty(),
        Optional.of(Counter.of(2)),
        OptionalLong.empty(),
        "a text",
        new Listed<>(List.of("a source"), 1));
  }

  private static ChainReport with(
      FaultReason reason, List<ChainFault> shown, long total, long chains) {
    ChainReport report = report(new CounterDensity(Counter.ZERO, 1, List.of(1L, 1L)));
    return new ChainReport(
        2, 2, 0, chains, false, report.epochs(), Map.of(reason, new Listed<>(shown, total)));
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
            false,
            0,
            Optional.empty(),
            Optional.empty(),
            new Listed<>(List.of(UNBOUNDED), 1),
            new Listed<>(List.of(), 0),
            density,
            new CounterDensity(Counter.ZERO, 1, List.of()));
    EpochSummary epoch =
        new EpochSummary(
            Optional.empty(),
            KEY,
            2,
            EpochPlace.ANCHORED,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            new Listed<>(List.of(chain), 1));
    return new ChainReport(2, 2, 0, 1, false, new Listed<>(List.of(epoch), 1), Map.of());
  }
}
