package dev.occ.programs.bridge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;

/**
 * Collects what peers can provoke, so that it fills one line a sweep and not the disk. Thread-safe.
 */
final class BridgeReport {
  private final Logger log;

  @GuardedBy("this")
  private final TreeMap<String, Long> counts = new TreeMap<>();

  @GuardedBy("this")
  private Optional<Throwable> lastFailure = Optional.empty();

  BridgeReport(Logger log) {
    this.log = log;
  }

  /** A connection that was not taken. */
  void refused(String why) {
    count("refused: " + why);
  }

  /** A connection that the bridge broke off. */
  void ended(String why) {
    count("ended: " + why);
  }

  /** Something that the system said no to. */
  void failed(String what, Throwable e) {
    synchronized (this) {
      lastFailure = Optional.of(e);
    }
    count(what);
    log.debug("{}", what, e);
  }

  /** Something of no consequence. */
  void debug(String what, Throwable e) {
    log.debug("{}", what, e);
  }

  private synchronized void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Says what was collected since the last time, if anything. */
  synchronized void write() {
    if (counts.isEmpty()) {
      return;
    }
    log.warn("{}{}", counts, lastFailure.map(e -> "; last failure: " + e).orElse(""));
    counts.clear();
    lastFailure = Optional.empty();
  }
}
