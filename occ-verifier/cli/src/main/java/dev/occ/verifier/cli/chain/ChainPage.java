package dev.occ.verifier.cli.chain;

import dev.occ.cli.Html;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.chain.AnchorBounds;
import dev.occ.verifier.chain.ChainFault;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.chain.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chain report as one page that draws it and says the same in tables. The page asks nothing of
 * any server, runs no script but its own, and shows text from proofs as text only.
 */
final class ChainPage {
  private static final int BOUNDS_SHOWN = 200;

  private static final String ANCHORS_NOT_SHOWN =
      " Only an Ethereum node can tell whether the number and the hash of a block belong together."
          + " Epochs are in the order of their anchored blocks. That order is the true one if each"
          + " anchor was made soon after its block.";

  private final ChainOutcome outcome;
  private final ChainReport report;
  private final ChainPageData data;
  private final Html html = new Html();

  ChainPage(ChainOutcome outcome) {
    this.outcome = outcome;
    this.report = outcome.report();
    this.data = new ChainPageData(report);
  }

  byte[] toBytes() {
    String style = resource("chain-page.css");
    String script = resource("chain-page.js");
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src ")
        .raw(source(script) + "; style-src " + source(style))
        .raw("; base-uri 'none'; form-action 'none'\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .raw("<title>OCC history</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n");
    header();
    chart();
    findings();
    epochs();
    bounds();
    footer();
    html.raw("</main>\n<script type=\"application/json\" id=\"data\">")
        .raw(data.toJson())
        .raw("</script>\n<script>" + script + "</script>\n</body>\n</html>\n");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What the policy of the page allows: exactly this text. */
  private static String source(String content) {
    return "'sha256-" + Bytes.sha256(content.getBytes(StandardCharsets.UTF_8)).toBase64() + "'";
  }

  private static String resource(String name) {
    try (InputStream in = ChainPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    html.raw("<header><h1>OCC history</h1><span class=\"verdict ")
        .raw(outcome.isSound() ? "good" : "bad")
        .raw("\">")
        .text((report.isSound() ? "✓ sound" : "✗ not sound") + outcome.reservation())
        .raw("</span></header>\n<p>")
        .text(outcome.summary() + ".")
        .raw("</p>\n");
    if (outcome.unreadable() > 0) {
      reservation("Some inputs could not be read. This page covers the others only.");
    }
    if (outcome.isIntegrityOnly()) {
      reservation(
          "No policy was given, so only integrity was checked. Nothing is shown about hardware.");
    }
    if (!outcome.leniency().isEmpty()) {
      reservation(
          "Accepted with "
              + ChainText.leniency(outcome)
              + "; verify names the proofs that needed it.");
    }
    html.raw("<dl class=\"tiles\">");
    tile("proofs", report.proofs(), false);
    tile("epochs", report.epochs().total(), false);
    tile("chains", report.chainCount(), false);
    String anchors = grouped(data.anchors());
    tile("anchors", data.chains() < report.chainCount() ? "at least " + anchors : anchors, false);
    tile("duplicates", report.duplicates(), false);
    tile("faults", report.faultCount(), report.faultCount() > 0);
    html.raw("</dl>\n");
  }

  private void reservation(String text) {
    html.raw("<p class=\"soft\">").text(text).raw("</p>\n");
  }

  private void tile(String name, long number, boolean bad) {
    tile(name, grouped(number), bad);
  }

  private void tile(String name, String number, boolean bad) {
    html.raw("<div class=\"tile" + (bad ? " bad" : "") + "\">");
    html.element("dt", name).element("dd", number).raw("</div>");
  }

  /** Digits in groups of three, the same in every locale. */
  private static String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  private void chart() {
    html.raw("<h2 id=\"h-chart\">Chains along their counters</h2>\n")
        .raw(
            "<section id=\"chart\" class=\"panel chart\" tabindex=\"0\" aria-labelledby=\"h-chart\"")
        .raw(" aria-describedby=\"keys\">\n<div class=\"tools\">")
        .raw("<button data-do=\"in\" aria-label=\"Zoom in\">+</button>")
        .raw("<button data-do=\"out\" aria-label=\"Zoom out\">−</button>")
        .raw("<button data-do=\"left\" aria-label=\"To lower counters\">←</button>")
        .raw("<button data-do=\"right\" aria-label=\"To higher counters\">→</button>")
        .raw("<button data-do=\"all\">All</button>")
        .raw("<span id=\"range\" class=\"range\" aria-live=\"polite\"></span></div>\n")
        .raw("<noscript><p>The drawing needs JavaScript. The tables hold the same facts.</p>")
        .raw("</noscript>\n<div class=\"row axis\"><div class=\"name soft\">counter</div>")
        .raw("<canvas id=\"axis\" aria-hidden=\"true\"></canvas></div>\n");
    int index = 0;
    for (EpochSummary epoch : report.epochs().shown()) {
      if (epoch.chains().shown().isEmpty()) {
        continue; // its chains are beyond what is listed
      }
      html.raw("<div class=\"epoch\"><h3>Epoch <span class=\"hash\">")
          .text(ChainText.epochName(epoch.epochId()))
          .raw("</span></h3><p>")
          .text(ChainText.place(epoch))
          .raw("</p></div>\n");
      for (ChainSummary chain : epoch.chains().shown()) {
        row(chain, index++);
      }
    }
    legend();
    html.raw("<div id=\"tip\" class=\"tip\" role=\"status\" hidden></div></section>\n");
    html.raw("<p id=\"keys\" class=\"soft\">")
        .text(
            "Drag to move. Double-click, or hold Ctrl and turn the wheel, to zoom. Keys: + and − zoom,"
                + " ← and → move, 0 shows all. A taller bar stands for more proofs.")
        .raw("</p>\n");
  }

  private void row(ChainSummary chain, int index) {
    String faults = faults(data.faultsOf(index));
    html.raw("<div class=\"row\"><div class=\"name\"><b>").text(chain.id().chain());
    html.raw("</b><small>").text(ChainOutcome.count(chain.proofs(), "proof"));
    if (data.faultsOf(index) > 0 || data.leavesOutFaults()) {
      html.raw(" · <span class=\"flag\">").text(faults).raw("</span>");
    }
    html.raw("</small></div><canvas id=\"c" + index + "\" role=\"img\" aria-label=\"")
        .text("chain " + chain.id().chain() + ": " + ChainOutcome.count(chain.proofs(), "proof"))
        .text(", " + faults + "; see the tables below")
        .raw("\"></canvas></div>\n");
  }

  /** A fault that is not listed may be on any chain. */
  private String faults(long listed) {
    if (!data.leavesOutFaults()) {
      return ChainOutcome.count(listed, "fault");
    }
    return listed > 0
        ? "at least " + ChainOutcome.count(listed, "fault")
        : "some faults are not listed";
  }

  private void legend() {
    html.raw("<ul class=\"legend\">")
        .raw("<li><svg viewBox=\"0 0 22 14\" aria-hidden=\"true\"><path class=\"l-proof\"")
        .raw(" d=\"M2 7h18\"/><circle class=\"l-proof\" cx=\"6\" cy=\"7\" r=\"4\"/>")
        .raw("<circle class=\"l-proof\" cx=\"16\" cy=\"7\" r=\"4\"/></svg>linked proofs</li>")
        .raw("<li><svg viewBox=\"0 0 22 14\" aria-hidden=\"true\"><rect class=\"l-gap\" x=\"1\"")
        .raw(" y=\"2\" width=\"20\" height=\"10\"/></svg>proofs missing</li>")
        .raw("<li><svg viewBox=\"0 0 22 14\" aria-hidden=\"true\"><path class=\"l-fork\"")
        .raw(" d=\"M7 14V4M7 10l7-7\"/><circle class=\"l-fault\" cx=\"7\" cy=\"3\" r=\"3\"/>")
        .raw("<circle class=\"l-fault\" cx=\"15\" cy=\"3\" r=\"3\"/></svg>fork</li>")
        .raw("<li><svg viewBox=\"0 0 22 14\" aria-hidden=\"true\"><path class=\"l-fault\"")
        .raw(" d=\"M5 2h12l-6 10z\"/></svg>other fault (a number: several faults)</li>");
    if (mayHaveAnchors()) {
      html.raw("<li><svg viewBox=\"0 0 22 14\" aria-hidden=\"true\"><path class=\"l-anchor\"")
          .raw(" d=\"M11 1l6 6-6 6-6-6z\"/></svg>Ethereum anchor</li>");
    }
    html.raw("</ul>\n");
  }

  private void findings() {
    html.raw("<h2>What was found</h2>\n");
    if (report.findings().isEmpty()) {
      String what = outcome.unreadable() > 0 ? "could be read." : "was given.";
      html.raw("<p>").text("Nothing is wrong with what " + what).raw("</p>\n");
    }
    for (Map.Entry<FaultReason, Listed<ChainFault>> entry : report.findings().entrySet()) {
      Listed<ChainFault> list = entry.getValue();
      boolean fault = report.isFault(entry.getKey());
      html.raw("<details class=\"panel\"" + (list.total() <= 10 ? " open" : "") + "><summary>")
          .raw("<span class=\"count" + (fault ? " bad" : "") + "\">")
          .text(grouped(list.total()))
          .raw("</span> <code>")
          .text(entry.getKey().code())
          .raw("</code>" + (fault ? "" : " <span class=\"soft\">no fault</span>"))
          .raw("</summary><p class=\"why\">")
          .text(FaultTexts.of(entry.getKey()))
          .raw("</p>");
      HtmlTable table =
          HtmlTable.begin(html, List.of("counter", "chain", "epoch", "what", "from", ""));
      for (ChainFault one : list.shown()) {
        fault(table, one);
      }
      table.end();
      leftOut(list.leftOut());
      html.raw("</details>\n");
    }
  }

  private void fault(HtmlTable table, ChainFault fault) {
    int index = data.indexOf(fault);
    table.row(" id=\"f" + index + "\"");
    String after = fault.after().map(number -> number + " … ").orElse("");
    table
        .cell("num", after + ChainText.text(fault.counter()))
        .cell("", fault.chain().map(id -> id.chain()).orElse("–"))
        .cell("hash", fault.chain().map(id -> ChainText.epochName(id.epochId())).orElse("–"))
        .cell("wide", fault.text() + ChainText.detail(fault))
        .cell("", ChainText.sources(fault));
    table.control(
        data.isDrawn(index) ? "<button data-fault=\"" + index + "\" hidden>Show</button>" : "");
    table.endRow();
  }

  private void leftOut(long number) {
    if (number > 0) {
      html.raw("<p class=\"why\">").text(grouped(number) + " more are not listed.").raw("</p>");
    }
  }

  private void epochs() {
    html.raw("<h2>Epochs and chains</h2>\n<div class=\"panel\">");
    List<String> columns = new ArrayList<>(List.of("epoch", "chain", "proofs", "counters"));
    columns.add("pieces");
    if (mayHaveAnchors()) {
      columns.addAll(List.of("anchors", "blocks"));
    }
    columns.add("place");
    HtmlTable table = HtmlTable.begin(html, columns);
    for (EpochSummary epoch : report.epochs().shown()) {
      for (ChainSummary chain : epoch.chains().shown()) {
        table.row("");
        table
            .cell("hash", epoch.epochId().orElse("without an id"))
            .cell("", chain.id().chain())
            .cell("num", grouped(chain.proofs()))
            .cell("num", span(chain.first(), chain.last()))
            .cell("num", grouped(chain.ranges().total()));
        if (mayHaveAnchors()) {
          table
              .cell("num", grouped(chain.anchors()))
              .cell("num", span(chain.firstBlock(), chain.lastBlock()));
        }
        table.cell("", epoch.place().code()).endRow();
      }
    }
    table.end();
    leftOut(report.chainCount() - data.chains());
    html.raw("</div>\n");
  }

  private static String span(Optional<Counter> first, Optional<Counter> last) {
    return first.isEmpty() ? "–" : first.get() + " – " + ChainText.text(last);
  }

  /** Chains that are not listed may have some. */
  private boolean mayHaveAnchors() {
    return data.anchors() > 0 || data.chains() < report.chainCount();
  }

  private void bounds() {
    if (!mayHaveAnchors()) {
      return;
    }
    html.raw("<h2>Between which blocks</h2>\n<p>")
        .text(
            "A proof after an anchor was made after the anchor's block. A proof before an anchor was"
                + " sealed before the anchor was made, at any time after its block. \"Linked\" means"
                + " that hashes show it; otherwise it rests on the signer's counter.")
        .raw("</p>\n<details class=\"panel\"><summary>Ranges between anchors</summary>");
    HtmlTable table =
        HtmlTable.begin(
            html,
            List.of(
                "epoch",
                "chain",
                "counters",
                "proofs",
                "made after block",
                "sealed before the anchor of"));
    int shown = 0;
    long total = 0;
    for (EpochSummary epoch : report.epochs().shown()) {
      for (ChainSummary chain : epoch.chains().shown()) {
        if (chain.anchors() == 0) {
          continue; // one range that no block bounds
        }
        total += chain.bounds().total();
        for (AnchorBounds bounds : chain.bounds().shown()) {
          if (shown < BOUNDS_SHOWN) {
            shown++;
            bounds(table, epoch, chain, bounds);
          }
        }
      }
    }
    table.end();
    leftOut(total - shown);
    html.raw("</details>\n");
  }

  private static void bounds(
      HtmlTable table, EpochSummary epoch, ChainSummary chain, AnchorBounds bounds) {
    table.row("");
    table
        .cell("hash", ChainText.epochName(epoch.epochId()))
        .cell("", chain.id().chain())
        .cell("num", bounds.first() + " – " + bounds.last())
        .cell("num", grouped(bounds.proofs()))
        .cell("num", block(bounds.madeAfter(), bounds.madeAfterLinked()))
        .cell("num", block(bounds.sealedBefore(), bounds.sealedBeforeLinked()))
        .endRow();
  }

  private static String block(Optional<Counter> number, boolean linked) {
    return number.map(Counter::toString).orElse("–") + (linked ? " (linked)" : "");
  }

  private void footer() {
    html.raw("<footer><p>")
        .text(
            "No set of proofs shows whether further proofs followed the last one of a chain, or"
                + " whether other chains exist."
                + (mayHaveAnchors() ? ANCHORS_NOT_SHOWN : ""))
        .raw("</p></footer>\n");
  }
}
