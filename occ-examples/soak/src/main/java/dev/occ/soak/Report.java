package dev.occ.soak;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was done and measured, as Markdown. */
final class Report {
  private final List<String> lines = new ArrayList<>();

  Report(SoakOptions options) {
    add(
        "Soak of "
            + options.load().toMinutes()
            + " min, "
            + LocalDate.now(ZoneOffset.UTC)
            + ", JDK "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
  }

  private void add(String line) {
    lines.add(line);
  }

  void load(Map<String, Map<String, Long>> counts) {
    add("");
    add("| load | outcomes |");
    add("|---|---|");
    counts.forEach((who, kinds) -> add("| " + who + " | " + kinds(kinds) + " |"));
  }

  private static String kinds(Map<String, Long> kinds) {
    return kinds.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  void samples(Map<String, List<Vitals>> samples) {
    add("");
    add("| at s | process | descriptors | threads | heap after GC, MiB | RSS, MiB |");
    add("|---|---|---|---|---|---|");
    samples.forEach((name, all) -> all.forEach(v -> add(row(name, v))));
  }

  private static String row(String name, Vitals v) {
    return String.format(
        Locale.ROOT,
        "| %.0f | %s | %d (%d, %d, %d) | %d | %.1f | %.0f |",
        v.seconds(),
        name,
        v.descriptors().peers() + v.descriptors().links() + v.descriptors().others(),
        v.descriptors().peers(),
        v.descriptors().links(),
        v.descriptors().others(),
        v.threads(),
        v.heapKib() / 1024.0,
        v.rssKib() / 1024.0);
  }

  void verdicts(List<Verdict> verdicts) {
    add("");
    add("| must hold | | figures |");
    add("|---|---|---|");
    verdicts.forEach(
        v ->
            add(
                "| "
                    + v.what()
                    + " | "
                    + (v.holds() ? "yes" : "**NO**")
                    + " | "
                    + v.figures()
                    + " |"));
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
