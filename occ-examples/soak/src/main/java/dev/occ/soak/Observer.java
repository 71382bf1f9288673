package dev.occ.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Brings everything to rest, and measures. */
final class Observer {
  /** A batch may work for two minutes (docs/http-api.md). */
  private static final Duration REST_LIMIT = Duration.ofSeconds(150);

  private static final Duration POLL = Duration.ofMillis(100);

  /** The bridge has two threads of its own and two for a connection, which end 10 s after it. */
  private static final int BRIDGE_OWN_THREADS = 2;

  private final SoakOptions options;
  private final Programs programs;
  private final Ledger ledger;
  private final long start = System.nanoTime();
  private final Map<String, List<Vitals>> samples = new TreeMap<>();

  Observer(SoakOptions options, Programs programs, Ledger ledger) {
    this.options = options;
    this.programs = programs;
    this.ledger = ledger;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  /** With all workers between two actions: waits for what they left behind, then measures. */
  List<String> observe() throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    await(wrong, "no request is in flight", () -> Scrape.of(programs.management()).inFlight() == 0);
    ledger.settle();
    await(wrong, "no body is held", () -> Scrape.of(programs.management()).bodyBytes() == 0);
    await(wrong, "the parent has no client", () -> parentDescriptors().peers() == 0);
    await(wrong, "the bridge has as many threads as connections need", this::isBridgeAtRest);
    sample("parent", programs.parent(), parentPorts());
    sample("bridge", programs.bridge(), bridgePorts());
    sample("enclave", programs.enclave(), Set.of());
    return wrong;
  }

  private void await(List<String> wrong, String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + REST_LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        wrong.add("at rest for " + REST_LIMIT.toSeconds() + " s, and still not: " + what);
        return;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private boolean isBridgeAtRest() throws IOException {
    ProcessDescriptors parent = parentDescriptors();
    ProcessDescriptors bridge = ProcessDescriptors.of(programs.bridge().pid(), bridgePorts());
    long threads = Threads.named(programs.bridge().pid(), "occ-bridge-");
    return bridge.peers() <= parent.links()
        && bridge.links() <= parent.links()
        && threads <= BRIDGE_OWN_THREADS + 2L * bridge.peers();
  }

  private ProcessDescriptors parentDescriptors() throws IOException {
    return ProcessDescriptors.of(programs.parent().pid(), parentPorts());
  }

  private Set<Integer> parentPorts() {
    return Set.of(programs.api().getPort(), programs.management().getPort());
  }

  private Set<Integer> bridgePorts() {
    return Set.of(programs.bridgeAddress().getPort());
  }

  private void sample(String name, Child child, Set<Integer> ports)
      throws IOException, InterruptedException {
    double seconds = (System.nanoTime() - start) / 1e9;
    Vitals vitals = Vitals.of(child, ports, seconds, options.out());
    boolean unused = samples.computeIfAbsent(name, n -> new ArrayList<>()).add(vitals);
  }

  /** All samples of parent, bridge and enclave, in the order of time. */
  Map<String, List<Vitals>> samples() {
    return samples;
  }
}
