package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs read the report: what it names, and where. */
class ChainReportJsonTest {
  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history).anchoredFrom(100);

  @AfterEach
  void close() {
    epoch.close();
  }

  @Test
  void toJson_anchoredChain_hasItsCountersBlocksAndBounds() throws Exception {
    chain.anchor();
    chain.good();
    chain.anchor();
    JsonNode epochs = report().at("/epochs/shown/0");
    assertThat(texts(epochs, "place", "firstBlock", "lastBlock"))
        .containsExactly("anchored", "100", "101");
    JsonNode shown = epochs.at("/chains/shown/0");
    assertThat(texts(shown, "chain", "first", "last", "firstBlock", "lastBlock"))
        .containsExactly("global", "2", "6", "100", "101");
    assertThat(shown.required("anchors").asInt()).isEqualTo(2);
    assertThat(shown.at("/bounds/total").asInt()).isEqualTo(2);
    JsonNode between = shown.at("/bounds/shown/0");
    assertThat(texts(between, "madeAfterBlock", "sealedBeforeAnchorOfBlock"))
        .containsExactly("100", "101");
    assertThat(between.required("madeAfterLinked").asBoolean()).isTrue();
    assertThat(between.required("sealedBeforeLinked").asBoolean()).isTrue();
  }

  @Test
  void toJson_gap_namesTheCountersAroundItAndHowManyMayBeMissing() throws Exception {
    chain.good();
    Object unused = chain.advance(chain.plan());
    chain.good();
    JsonNode gap = report().at("/findings/gap/shown/0");
    assertThat(texts(gap, "reason", "epochId", "publicKeyB64", "chain", "after", "counter"))
        .containsExactly("gap", epoch.id(), epoch.publicKey().toBase64(), "global", "2", "6");
    assertThat(gap.required("missingAtMost").stringValue()).isEqualTo("2");
    assertThat(gap.required("sourceCount").asInt()).isEqualTo(1);
  }

  private JsonNode report() throws ChainException {
    return JsonMapper.shared().readTree(history.verify().toJson().toBytes());
  }

  private static List<String> texts(JsonNode object, String... names) {
    return List.of(names).stream().map(name -> object.required(name).stringValue()).toList();
  }
}
