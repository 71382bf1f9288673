package dev.occ.verifier.cli.chain;

import dev.occ.cli.Page;
import dev.occ.cli.Paint;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAnchor;
import dev.occ.verifier.chain.ChainFault;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.chain.FloorBounds;
import dev.occ.verifier.chain.Listed;
import java.util.Map;
import java.util.Optional;

/** A chain report for people. */
final class ChainText {
  /** How many epochs, chains of an epoch, and faults of a kind are shown; more are in the JSON. */
  private static final int SHOWN = 10;

  private static final int SHORT_ID = 12;

  private final ChainOutcome outcome;
  private final ChainReport report;
  private final Page page;

  ChainText(ChainOutcome outcome, boolean colours) {
    this.outcome = outcome;
    this.report = outcome.report();
    this.page = new Page(colours);
  }

  @Override
  public String toString() {
    String verdict = (report.isSound() ? "✓ SOUND" : "✗ NOT SOUND") + outcome.reservation();
    page.headline(paint(), verdict, outcome.summary());
    epochs();
    findings();
    page.section("Not shown");
    page.line("– whether proofs followed after the last one of a chain, and other chains");
    page.line("– whether the named blocks exist: only a node of their chain can say");
    if (outcome.isIntegrityOnly()) {
      page.line("– anything about hardware: no policy was given (--policy or --pcr0)");
    }
    if (!outcome.leniency().isEmpty()) {
      page.line("– which proofs needed " + leniency(outcome) + ": verify says it of each proof");
    }
    return page.toString();
  }

  static String leniency(ChainOutcome outcome) {
    return String.join(", ", outcome.leniency());
  }

  private Paint paint() {
    if (!report.isSound()) {
      return Paint.RED;
    }
    return outcome.isSound() && report.anchorFindingCount() == 0 ? Paint.GREEN : Paint.YELLOW;
  }

  private void epochs() {
    int shown = 0;
    for (EpochSummary epoch : report.epochs().shown()) {
      if (shown++ == SHOWN) {
        break;
      }
      page.section("Epoch " + epochName(epoch.epochId()));
      page.field("place", place(epoch));
      int chains = 0;
      for (ChainSummary chain : epoch.chains().shown()) {
        if (chains++ < SHOWN) {
          page.field(chain.id().chain(), chain(chain));
        }
      }
      more(epoch.chains().total() - Math.min(SHOWN, epoch.chains().shown().size()), "chain");
    }
    more(report.epochs().total() - Math.min(SHOWN, report.epochs().shown().size()), "epoch");
  }

  static String epochName(Optional<String> id) {
    return id.map(text -> text.length() <= 2 * SHORT_ID ? text : text.substring(0, SHORT_ID) + "…")
        .orElse("without an id");
  }

  static String place(EpochSummary epoch) {
    String blocks =
        epoch.firstBlock().isEmpty()
            ? ""
            : "blocks " + epoch.firstBlock().get() + " to " + text(epoch.lastBlock()) + ", ";
    return blocks
        + switch (epoch.place()) {
          case ANCHORED -> "apart from every other epoch's";
          case OVERLAPPING -> "which overlap with another epoch's: the order is not shown";
          case CLAIMED -> "not authenticated: nothing shows who anchored";
          case LINKED -> "after its predecessor, of which it names a proof";
          case NAMED ->
              "after its predecessor, says its key: the proof of it that is named was not given";
          case UNKNOWN -> "no anchor and no known predecessor: nothing shows when it was";
        };
  }

  private static String chain(ChainSummary chain) {
    StringBuilder text = new StringBuilder(ChainOutcome.count(chain.proofs(), "proof"));
    if (chain.first().isPresent()) {
      text.append(", counters ").append(chain.first().get());
      text.append(" to ").append(text(chain.last()));
    }
    text.append(
        chain.ranges().total() == 1
            ? ", in one piece"
            : ", in " + chain.ranges().total() + " pieces");
    if (chain.anchors() > 0) {
      text.append(", ").append(ChainOutcome.count(chain.anchors(), "anchor"));
      text.append(" from block ").append(text(chain.firstBlock()));
      text.append(" to ").append(text(chain.lastBlock()));
      if (!chain.anchorsAuthenticated()) {
        text.append(" (not authenticated)");
      }
    }
    if (chain.anchorsIgnored() > 0) {
      text.append(", ").append(ChainOutcome.count(chain.anchorsIgnored(), "anchor"));
      text.append(" not authenticated and ignored");
    }
    floors(text, chain.floors());
    return text.toString();
  }

  private static void floors(StringBuilder text, Listed<FloorBounds> floors) {
    if (!floors.shown().isEmpty()) {
      text.append(", ").append(ChainOutcome.count(floors.total(), "floor"));
      text.append(" from ").append(block(floors.shown().get(0).floor()));
    }
  }

  private static String block(Floor floor) {
    if (floor instanceof SlotAnchor anchor) {
      return "Ethereum block " + anchor.block().number();
    }
    return floor instanceof BaseFloor base ? "Base block " + base.number() : "no block";
  }

  private void findings() {
    for (Map.Entry<FaultReason, Listed<ChainFault>> entry : report.findings().entrySet()) {
      Listed<ChainFault> list = entry.getValue();
      boolean fault = report.isFault(entry.getKey());
      page.section(
          (fault ? "✗ " : "– ")
              + entry.getKey().code()
              + ": "
              + list.total()
              + (fault ? "" : noFault(entry.getKey())));
      for (ChainFault one : list.shown().subList(0, Math.min(SHOWN, list.shown().size()))) {
        page.line(where(one) + one.text() + detail(one));
        page.line("    " + sources(one));
      }
      more(list.total() - Math.min(SHOWN, list.shown().size()), "finding");
    }
  }

  private static String noFault(FaultReason reason) {
    return reason.isAboutAnchors() ? ", about anchors: the links are sound" : ", no fault";
  }

  private static String where(ChainFault fault) {
    if (fault.chain().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(fault.chain().get().chain()).append(' ');
    fault.after().ifPresent(after -> text.append(after).append("..."));
    return text.append(text(fault.counter())).append("  ").toString();
  }

  static String detail(ChainFault fault) {
    String missing =
        fault.missingAtMost().isPresent()
            ? "; 1 to " + Long.toUnsignedString(fault.missingAtMost().getAsLong()) + " missing"
            : "";
    return missing + fault.detail().map(detail -> " (" + detail + ")").orElse("");
  }

  static String sources(ChainFault fault) {
    String names = String.join(", ", fault.sources().shown());
    long more = fault.sources().leftOut();
    return more > 0 ? names + " and " + more + " more" : names;
  }

  private void more(long number, String what) {
    if (number > 0) {
      page.line(
          "… and "
              + ChainOutcome.count(number, what)
              + " more; --json and --html show more of them");
    }
  }

  static String text(Optional<Counter> counter) {
    return counter.map(Counter::toString).orElse("–");
  }
}
