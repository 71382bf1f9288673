package dev.occ.soak;

import dev.occ.enclave.EnclaveException;
import dev.occ.verifier.chain.ChainException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Mixed good and hostile load on the parent, a bridge and an enclave that is killed again and
 * again; started by {@code occ-examples/soak/run}, described in {@code docs/hardening.md}.
 */
final class Soak {
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(10);
  private static final Duration PAUSE_LIMIT = Duration.ofMinutes(3);
  private static final Duration REST_LIMIT = Duration.ofMinutes(15);
  private static final Duration VERIFY_LIMIT = Duration.ofMinutes(60);
  private static final Duration BEFORE_KILL = Duration.ofSeconds(2);
  private static final Duration DEAD = Duration.ofSeconds(1);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Of one key (docs/http-api.md). */
  private static final int SLOT_QUOTA = 100;

  private static final String PROOFS_MADE = "occ_commits_total";

  private static final Pattern ANSWERED_500 =
      Pattern.compile("d\\.o\\.access: .* /\\S+ 500 \\d+ B ");

  private final SoakOptions options;
  private final LoadTally tally = new LoadTally();
  private final Gate gate = new Gate();
  private final Ledger ledger;
  private final HangGuard guard;
  private final Programs programs;
  private final Observer observer;
  private final Workers workers = new Workers(gate, tally);
  private long slowestRecovery;

  private Soak(SoakOptions options) throws IOException, InterruptedException, EnclaveException {
    this.options = options;
    ledger = new Ledger(options.out().resolve("proofs"));
    Map<String, Long> pids = new LinkedHashMap<>();
    guard = new HangGuard(options.out(), () -> Map.copyOf(pids));
    guard.expect("starting the programs", SETUP_LIMIT);
    programs = new Programs(options);
    pids.put("parent", programs.parent().pid());
    pids.put("bridge", programs.bridge().pid());
    observer = new Observer(options, programs, ledger);
    GoodLoad good = new GoodLoad(programs.url(), tally, ledger);
    good.addTo(workers);
    new DirectLoad(programs, good::digest, tally, ledger).addTo(workers);
    new HostileHttp(programs.api(), good::digest, gate, tally, ledger).addTo(workers);
    new HostileSockets(programs, gate, tally).addTo(workers);
  }

  public static void main(String[] args) throws Exception {
    Soak soak = new Soak(SoakOptions.parse(List.of(args)));
    try {
      System.exit(soak.run() ? 0 : 1);
    } catch (IOException e) {
      String states = soak.programs.states();
      soak.guard.dumpAll();
      throw new IOException("broken off; " + states, e);
    }
  }

  private boolean run() throws IOException, InterruptedException, EnclaveException, ChainException {
    workers.start();
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      load(epoch);
      rest(epoch);
    }
    if (!workers.end()) {
      tally.fail("a worker is stuck");
    }
    Scrape last = Scrape.of(programs.management());
    guard.expect("stopping the programs", SETUP_LIMIT);
    programs.stop().forEach(tally::fail);
    guard.expect("verifying the proofs", VERIFY_LIMIT);
    ledger.close();
    return report(last, new History(ledger, programs.identities()).verify());
  }

  private void load(int epoch) throws IOException, InterruptedException, EnclaveException {
    guard.expect("load on epoch " + epoch, options.epochTime(epoch).plus(SETUP_LIMIT));
    long slotsBefore = slotsGiven();
    gate.resume();
    if (epoch > 0) {
      Thread.sleep(BEFORE_KILL.toMillis());
      programs.killEnclave();
      Thread.sleep(DEAD.toMillis());
      programs.restartEnclave();
      awaitRecovery();
    }
    LockSupport.parkNanos(options.epochTime(epoch).toNanos());
    if (options.isExpiring(epoch) && slotsGiven() - slotsBefore <= SLOT_QUOTA) {
      tally.fail("no slot was given to the key with the quota after its first ones expired");
    }
  }

  private long slotsGiven() {
    return tally.counts().getOrDefault("allocate-slot", Map.of()).getOrDefault("200", 0L);
  }

  /** The parent must find the new enclave, whatever else goes on. */
  private void awaitRecovery() throws IOException, InterruptedException {
    long start = System.nanoTime();
    double up = 0;
    while (up == 0 && System.nanoTime() - start < RECOVERY_LIMIT.toNanos()) {
      Thread.sleep(POLL.toMillis());
      up = Scrape.of(programs.management()).sum("occ_enclave_up ");
    }
    if (up == 0) {
      tally.fail("the parent did not find the new enclave in " + RECOVERY_LIMIT);
    }
    slowestRecovery = Math.max(slowestRecovery, System.nanoTime() - start);
  }

  private void rest(int epoch) throws IOException, InterruptedException {
    guard.expect("coming to rest after epoch " + epoch, REST_LIMIT);
    if (!gate.pause(PAUSE_LIMIT)) {
      tally.fail("a worker did not come to rest");
    }
    observer.observe().forEach(tally::fail);
    System.err.println(
        "soak: epoch "
            + (epoch + 1)
            + " of "
            + options.epochs()
            + ", "
            + ledger.throughParent()
            + " proofs, "
            + tally.failureCount()
            + " failures");
  }

  private boolean report(Scrape last, History.Findings history) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(
        new Verdict(
            "only foreseen answers",
            tally.failureCount() == 0,
            tally.failureCount() + " others " + String.join("; ", tally.failures())));
    verdicts.add(proofs(history));
    verdicts.add(lost(last, history));
    verdicts.add(logs(last));
    verdicts.add(
        new Verdict(
            "the parent finds each new enclave",
            slowestRecovery < RECOVERY_LIMIT.toNanos(),
            "after " + slowestRecovery / 1_000_000 + " ms at most"));
    observer
        .samples()
        .forEach((name, all) -> verdicts.addAll(Flatness.of(name, all, options.warmUp())));
    verdicts.add(
        new Verdict(
            "the soak itself",
            true,
            Vitals.status(ProcessHandle.current().pid(), "VmHWM") / 1024 + " MiB at most"));
    Report report = new Report(options);
    report.load(tally.counts());
    report.samples(observer.samples());
    report.verdicts(verdicts);
    System.out.print(report);
    Path unused = Files.writeString(options.out().resolve("report.md"), report.toString());
    return verdicts.stream().allMatch(Verdict::holds);
  }

  private static Verdict proofs(History.Findings history) {
    String figures =
        history.report().proofs()
            + " proofs of "
            + history.report().epochs().total()
            + " epochs on "
            + history.report().chainCount()
            + " chains, "
            + history.gaps()
            + " explained gaps";
    return new Verdict(
        "every proof holds, chains are unbroken",
        history.wrong().isEmpty(),
        figures + history.wrong().stream().limit(20).reduce("", (a, b) -> a + "; " + b));
  }

  /** What the parent says it made and nobody received can only be of requests that were cut off. */
  private Verdict lost(Scrape last, History.Findings history) {
    long made = (long) last.sum(PROOFS_MADE);
    long lost = made - ledger.throughParent();
    long cut = ledger.cutOffs().stream().mapToLong(Ledger.CutOff::digests).sum();
    return new Verdict(
        "lost answers are those of requests that were cut off",
        lost >= 0 && lost <= cut && history.report().proofs() > 0,
        made + " made by the parent, " + lost + " lost, " + cut + " asked for and cut off");
  }

  /** No bug was met: no answer 500, no error in a log, no uncaught exception. */
  private Verdict logs(Scrape last) throws IOException {
    double internal =
        last.lines().stream().filter(line -> line.contains("code=\"internal\"")).count();
    List<String> errors = new ArrayList<>();
    try (Stream<Path> files = Files.list(options.out())) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
          lines
              .filter(
                  line ->
                      line.contains(" ERROR ")
                          || line.contains("Exception in thread")
                          || ANSWERED_500.matcher(line).find()
                          || line.contains("OutOfMemoryError"))
              .limit(5)
              .forEach(line -> errors.add(log.getFileName() + ": " + line));
        }
      }
    }
    return new Verdict(
        "no bug is in the logs",
        internal == 0 && errors.isEmpty(),
        errors.size() + " errors " + String.join("; ", errors));
  }
}
