package dev.occ.verifier.chain;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Counter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes reports as JSON. Counters are texts, as in proofs: they may exceed 2^53. */
final class ChainReportJson {
  private ChainReportJson() {}

  static JsonObject of(ChainReport report) {
    JsonObject.Builder totals = JsonObject.builder();
    for (Map.Entry<FaultReason, Listed<ChainFault>> entry : report.findings().entrySet()) {
      totals.put(entry.getKey().code(), JsonNumber.of(entry.getValue().total()));
    }
    JsonObject.Builder findings = JsonObject.builder();
    report
        .findings()
        .forEach((reason, list) -> findings.put(reason.code(), listed(list, ChainReportJson::of)));
    return JsonObject.builder()
        .put("sound", JsonBoolean.of(report.isSound()))
        .put("partial", JsonBoolean.of(report.partial()))
        .put("documents", JsonNumber.of(report.documents()))
        .put("proofs", JsonNumber.of(report.proofs()))
        .put("duplicates", JsonNumber.of(report.duplicates()))
        .put("chains", JsonNumber.of(report.chainCount()))
        .put("faults", JsonNumber.of(report.faultCount()))
        .put("anchorFindings", JsonNumber.of(report.anchorFindingCount()))
        .put("totals", totals.build())
        .put("findings", findings.build())
        .put("epochs", listed(report.epochs(), ChainReportJson::of))
        .build();
  }

  private static JsonObject of(ChainFault fault) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("reason", fault.reason().code())
            .putTextIfPresent("detail", fault.detail());
    fault
        .chain()
        .ifPresent(
            id ->
                json.putTextIfPresent("epochId", id.epochId())
                    .put("publicKeyB64", id.publicKey().toBase64())
                    .put("chain", id.chain()));
    counter(json, "after", fault.after());
    counter(json, "counter", fault.counter());
    if (fault.missingAtMost().isPresent()) {
      json.put("missingAtMost", new Counter(fault.missingAtMost().getAsLong()).toString());
    }
    return json.put("text", fault.text())
        .put("sources", JsonArray.ofTexts(fault.sources().shown()))
        .put("sourceCount", JsonNumber.of(fault.sources().total()))
        .build();
  }

  private static JsonObject of(EpochSummary epoch) {
    JsonObject.Builder json =
        JsonObject.builder()
            .putTextIfPresent("epochId", epoch.epochId())
            .put("publicKeyB64", epoch.publicKey().toBase64())
            .put("proofs", JsonNumber.of(epoch.proofs()))
            .put("place", epoch.place().code())
            .put("anchorsAuthenticated", JsonBoolean.of(epoch.anchorsAuthenticated()));
    blocks(json, epoch.firstBlock(), epoch.lastBlock());
    return json.putTextIfPresent("predecessor", epoch.predecessor())
        .put("predecessorGiven", JsonBoolean.of(epoch.predecessorGiven()))
        .put("chains", listed(epoch.chains(), ChainReportJson::of))
        .build();
  }

  private static JsonObject of(ChainSummary chain) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("chain", chain.id().chain())
            .put("proofs", JsonNumber.of(chain.proofs()))
            .put("duplicates", JsonNumber.of(chain.duplicates()));
    counter(json, "first", chain.first());
    counter(json, "last", chain.last());
    json.put("anchors", JsonNumber.of(chain.anchors()))
        .put("anchorsAuthenticated", JsonBoolean.of(chain.anchorsAuthenticated()))
        .put("anchorsIgnored", JsonNumber.of(chain.anchorsIgnored()));
    blocks(json, chain.firstBlock(), chain.lastBlock());
    return json.put("ranges", listed(chain.ranges(), ChainReportJson::of))
        .put("bounds", listed(chain.bounds(), ChainReportJson::of))
        .put("floors", listed(chain.floors(), ChainReportJson::of))
        .build();
  }

  private static JsonObject of(LinkedRange range) {
    return JsonObject.builder()
        .put("first", range.first().toString())
        .put("last", range.last().toString())
        .put("proofs", JsonNumber.of(range.proofs()))
        .build();
  }

  private static JsonObject of(AnchorBounds bounds) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("first", bounds.first().toString())
            .put("last", bounds.last().toString())
            .put("proofs", JsonNumber.of(bounds.proofs()));
    if (bounds.madeAfter().isPresent()) {
      json.put("madeAfterBlock", bounds.madeAfter().get().toString())
          .put("madeAfterLinked", JsonBoolean.of(bounds.madeAfterLinked()));
    }
    if (bounds.sealedBefore().isPresent()) {
      json.put("sealedBeforeAnchorOfBlock", bounds.sealedBefore().get().toString())
          .put("sealedBeforeLinked", JsonBoolean.of(bounds.sealedBeforeLinked()));
    }
    if (bounds.madeAfter().isPresent() || bounds.sealedBefore().isPresent()) {
      json.put("authenticated", JsonBoolean.of(bounds.authenticated()));
    }
    return json.build();
  }

  private static JsonObject of(FloorBounds bounds) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("firstSlot", bounds.firstSlot().toString())
            .put("lastSlot", bounds.lastSlot().toString())
            .put("proofs", JsonNumber.of(bounds.proofs()));
    bounds.floor().addToCommit(json);
    return json.build();
  }

  private static void blocks(
      JsonObject.Builder json, Optional<Counter> firstBlock, Optional<Counter> lastBlock) {
    counter(json, "firstBlock", firstBlock);
    counter(json, "lastBlock", lastBlock);
  }

  private static void counter(JsonObject.Builder json, String name, Optional<Counter> counter) {
    counter.ifPresent(value -> json.put(name, value.toString()));
  }

  private static <T> JsonObject listed(Listed<T> list, Function<T, JsonValue> writer) {
    List<JsonValue> shown = list.shown().stream().map(writer).toList();
    return JsonObject.builder()
        .put("total", JsonNumber.of(list.total()))
        .put("shown", new JsonArray(shown))
        .build();
  }
}
