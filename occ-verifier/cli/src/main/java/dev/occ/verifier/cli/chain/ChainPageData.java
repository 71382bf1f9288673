package dev.occ.verifier.cli.chain;

import dev.occ.cli.Printable;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Counter;
import dev.occ.verifier.chain.AnchorBounds;
import dev.occ.verifier.chain.ChainFault;
import dev.occ.verifier.chain.ChainId;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.CounterDensity;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.chain.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the script of a {@link ChainPage} draws, as compact JSON with short names. */
final class ChainPageData {
  private static final int BASE = 36;

  private final ChainReport report;
  private final Map<ChainId, Integer> chainIndex = new HashMap<>();
  private final List<ChainSummary> chains = new ArrayList<>();
  private final IdentityHashMap<ChainFault, Integer> faultIndex = new IdentityHashMap<>();
  private final List<ChainFault> faults = new ArrayList<>();
  private final Map<Integer, Long> faultsOfChain = new HashMap<>();
  private long anchors;

  ChainPageData(ChainReport report) {
    this.report = report;
    for (EpochSummary epoch : report.epochs().shown()) {
      for (ChainSummary chain : epoch.chains().shown()) {
        chainIndex.put(chain.id(), chains.size());
        chains.add(chain);
        anchors += chain.anchors();
      }
    }
    for (Listed<ChainFault> list : report.findings().values()) {
      for (ChainFault fault : list.shown()) {
        faultIndex.put(fault, faults.size());
        faults.add(fault);
        if (report.isFault(fault.reason())) {
          chainOf(fault).ifPresent(chain -> faultsOfChain.merge(chain, 1L, Long::sum));
        }
      }
    }
  }

  private Optional<Integer> chainOf(ChainFault fault) {
    return fault.chain().map(chainIndex::get);
  }

  /** The listed chains. */
  int chains() {
    return chains.size();
  }

  /** The anchors of the listed chains. */
  long anchors() {
    return anchors;
  }

  /** The listed faults of a chain; exact unless {@link #leavesOutFaults()}. */
  long faultsOf(int chain) {
    return faultsOfChain.getOrDefault(chain, 0L);
  }

  /** Whether faults that are not listed may be on a listed chain. */
  boolean leavesOutFaults() {
    return report.findings().entrySet().stream()
        .filter(entry -> report.isFault(entry.getKey()))
        .filter(entry -> entry.getKey() != FaultReason.INVALID_PROOF) // these are of no chain
        .anyMatch(entry -> entry.getValue().leftOut() > 0);
  }

  int indexOf(ChainFault fault) {
    return faultIndex.getOrDefault(fault, -1);
  }

  /** Whether a fault has a place in the drawing. */
  boolean isDrawn(int index) {
    ChainFault fault = faults.get(index);
    return fault.counter().isPresent() && chainOf(fault).isPresent();
  }

  /** JSON in which nothing can end the element that it stands in. */
  String toJson() {
    JsonObject json =
        JsonObject.builder()
            .put("chains", array(chains.stream().map(ChainPageData::chain).toList()))
            .put("faults", array(faults.stream().map(this::fault).toList()))
            .build();
    return Printable.json(json)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  private static JsonArray array(List<? extends JsonValue> values) {
    return new JsonArray(List.copyOf(values));
  }

  private static JsonObject chain(ChainSummary chain) {
    return JsonObject.builder()
        .putTextIfPresent("last", chain.last().map(Counter::toString))
        .put("d", density(chain.density()))
        .put("a", density(chain.anchorDensity()))
        .put(
            "r",
            array(
                chain.ranges().shown().stream()
                    .map(r -> JsonArray.ofTexts(List.of(r.first().toString(), r.last().toString())))
                    .toList()))
        .put("b", array(chain.bounds().shown().stream().map(ChainPageData::bounds).toList()))
        .build();
  }

  private static JsonArray bounds(AnchorBounds bounds) {
    return JsonArray.ofTexts(
        List.of(
            bounds.first().toString(),
            bounds.last().toString(),
            bounds.madeAfter().map(Counter::toString).orElse(""),
            bounds.sealedBefore().map(Counter::toString).orElse("")));
  }

  private static JsonObject density(CounterDensity density) {
    StringBuilder counts = new StringBuilder();
    for (long count : density.counts()) {
      counts.append(count < BASE ? Long.toString(count, BASE) : "(" + count + ")");
    }
    return JsonObject.builder()
        .put("s", density.start().toString())
        .put("w", Long.toUnsignedString(density.width())) // beyond 2^53 no JSON number is exact
        .put("c", counts.toString())
        .build();
  }

  private JsonObject fault(ChainFault fault) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("r", fault.reason().code())
            .put("t", Printable.text(fault.text()))
            .putIfPresent("c", chainOf(fault).map(JsonNumber::of))
            .putTextIfPresent("after", fault.after().map(Counter::toString))
            .putTextIfPresent("at", fault.counter().map(Counter::toString));
    if (!report.isFault(fault.reason())) {
      json.put("ok", JsonBoolean.TRUE);
    }
    if (fault.missingAtMost().isPresent()) {
      String missing = Long.toUnsignedString(fault.missingAtMost().getAsLong());
      json.put("m", new JsonString(missing));
    }
    return json.build();
  }
}
