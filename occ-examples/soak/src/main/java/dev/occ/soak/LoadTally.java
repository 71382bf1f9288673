package dev.occ.soak;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, counted by who and how; and what must not have happened. Thread-safe. */
final class LoadTally {
  private static final int MAX_TEXTS = 200;

  @GuardedBy("this")
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();

  @GuardedBy("this")
  private final List<String> failures = new ArrayList<>();

  @GuardedBy("this")
  private long failureCount;

  synchronized void count(String who, String kind) {
    counts.computeIfAbsent(who, unused -> new TreeMap<>()).merge(kind, 1L, Long::sum);
  }

  synchronized void fail(String text) {
    failureCount++;
    if (failures.size() < MAX_TEXTS) {
      failures.add(text);
    }
  }

  synchronized Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    counts.forEach((who, kinds) -> copy.put(who, new TreeMap<>(kinds)));
    return copy;
  }

  synchronized long total(String who) {
    return counts.getOrDefault(who, Map.of()).values().stream().mapToLong(n -> n).sum();
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized long failureCount() {
    return failureCount;
  }
}
