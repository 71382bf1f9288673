package dev.occ.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Holds the samples of a process, those of the warm-up left out, against its first one. */
final class Flatness {
  /**
   * Pools whose threads come and go, with the most that each may have: those of Jetty (HttpFront),
   * lanes (Routes), the bridge's for at most as many connections as the parent has to the enclave,
   * the JVM's compilers, and the enclave's workers.
   */
  private static final Map<String, Integer> POOLS =
      Map.ofEntries(
          Map.entry("occ-parent-http", 16),
          Map.entry("occ-parent-management", 16),
          Map.entry("occ-parent-keyed", 8),
          Map.entry("occ-parent-verify", 2),
          Map.entry("occ-parent-status", 4),
          Map.entry("occ-parent-timer", 2),
          Map.entry("occ-enclave-client", 2),
          Map.entry("occ-bridge-", 2 + 2 * 10),
          Map.entry("occ-enclave-worker", 64),
          Map.entry("C1 CompilerThread", 16),
          Map.entry("C2 CompilerThread", 16));

  /**
   * Connections that the parent keeps to the enclave (docs/http-api.md), and the JDK's own pair.
   */
  private static final int LINKS = 8 + 2 + 1;

  private static final long HEAP_RISE_KIB = 2 * 1024;

  /** What is left after a collection moves by this much, up and down, in a bridge at rest. */
  private static final long HEAP_NOISE_KIB = 8 * 1024;

  /** From so many samples on, the line through them rises less than the noise. */
  private static final int MANY_SAMPLES = 15;

  private static final long RSS_RISE_KIB = 48 * 1024;

  private final String name;
  private final List<Vitals> judged;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Flatness(String name, List<Vitals> judged) {
    this.name = name;
    this.judged = judged;
  }

  /** Of one process all the time, or of many that followed each other and are all alike. */
  static List<Verdict> of(String name, List<Vitals> all, int warmUp) {
    Flatness flatness = new Flatness(name, all.subList(Math.min(warmUp, all.size()), all.size()));
    if (flatness.judged.size() < 2) {
      return List.of(new Verdict(name + ": measured", false, "fewer than two samples"));
    }
    flatness.descriptors();
    flatness.threads();
    boolean many = flatness.judged.size() >= MANY_SAMPLES;
    flatness.memory(
        "heap after a full collection",
        Vitals::heapKib,
        many ? HEAP_RISE_KIB : HEAP_NOISE_KIB,
        HEAP_NOISE_KIB);
    flatness.memory("resident memory", Vitals::rssKib, RSS_RISE_KIB, RSS_RISE_KIB);
    return flatness.verdicts;
  }

  private void verdict(String what, boolean holds, String figures) {
    verdicts.add(new Verdict(name + ": " + what, holds, figures));
  }

  private void descriptors() {
    int base = judged.get(0).descriptors().others();
    int last = last().descriptors().others();
    verdict(
        "files, listeners and selectors are as many as at first",
        last <= base,
        base + " → " + last);
    int links = judged.stream().mapToInt(v -> v.descriptors().links()).max().orElseThrow();
    int peers = judged.stream().mapToInt(v -> v.descriptors().peers()).max().orElseThrow();
    verdict(
        "connections at rest are those that the parent keeps to the enclave",
        links <= LINKS && peers <= LINKS,
        "at most " + links + " to others, " + peers + " of others");
  }

  private Vitals last() {
    return judged.get(judged.size() - 1);
  }

  private void threads() {
    Map<String, Integer> base = new HashMap<>();
    Map<String, Integer> unusedPools = new HashMap<>();
    split(judged.get(0), base, unusedPools);
    Map<String, Integer> rest = new HashMap<>();
    Map<String, Integer> pools = new HashMap<>();
    split(last(), rest, pools);
    verdict(
        "threads outside of pools are those at first",
        rest.equals(base),
        sum(base) + " → " + sum(rest) + (rest.equals(base) ? "" : ": " + base + " → " + rest));
    boolean bounded =
        pools.entrySet().stream()
            .allMatch(pool -> pool.getValue() <= POOLS.getOrDefault(pool.getKey(), 0));
    verdict(
        "pools have no more threads than they may",
        bounded,
        bounded ? sum(pools) + " threads" : "" + pools);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(n -> n).sum();
  }

  private static void split(Vitals vitals, Map<String, Integer> rest, Map<String, Integer> pools) {
    vitals
        .javaThreads()
        .forEach(
            (thread, number) -> {
              String pool =
                  POOLS.keySet().stream().filter(thread::startsWith).findFirst().orElse("");
              if (pool.isEmpty()) {
                rest.put(thread, number);
              } else {
                pools.merge(pool, number, Integer::sum);
              }
            });
  }

  /** Neither the last sample nor the line through all of them may be far above the first. */
  private void memory(
      String what, ToLongFunction<Vitals> kib, long allowedByLine, long allowedAtLast) {
    long base = kib.applyAsLong(judged.get(0));
    long last = kib.applyAsLong(last());
    double perSecond = slope(kib);
    double span = last().seconds() - judged.get(0).seconds();
    double rise = perSecond * span;
    String figures =
        String.format(
            Locale.ROOT,
            "%.1f → %.1f MiB, slope %+.2f MiB a minute",
            base / 1024.0,
            last / 1024.0,
            perSecond * 60 / 1024);
    verdict(what + " is flat", rise <= allowedByLine && last - base <= allowedAtLast, figures);
  }

  /** By least squares, in KiB a second. */
  private double slope(ToLongFunction<Vitals> kib) {
    double meanX = judged.stream().mapToDouble(Vitals::seconds).average().orElseThrow();
    double meanY = judged.stream().mapToLong(kib).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (Vitals v : judged) {
      xy += (v.seconds() - meanX) * (kib.applyAsLong(v) - meanY);
      xx += (v.seconds() - meanX) * (v.seconds() - meanX);
    }
    return xy / xx;
  }
}
