package dev.occ.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * {@code run ratios}: processor time of one thread, the library and its floor in turn, in one
 * process. Where other programs take the processor away, this moves far less than JMH's wall clock
 * does; what other threads do, garbage collection above all, is not in it.
 */
final class RatioTable {
  /** Of all samples the one below which a tenth of them is: other programs only add time. */
  private static final int QUANTILE = 10;

  private static final int BATCH = 100;
  private static final int SAMPLES = 80;
  private static final int COLD_SAMPLES = 1000;

  /** One at a time, so that it takes these many until the JIT compiler has done all it does. */
  private static final int COLD_WARM_UP = 8000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Settings settings;
  private final Table table =
      new Table("what", "crypto", "µs", "floor µs", "ratio", "above it, µs");

  @SuppressWarnings("unused") // written so that nothing that is measured can be left out
  private volatile Object sink = table;

  RatioTable(Settings settings) {
    this.settings = settings;
  }

  /**
   * How often.
   *
   * @param warmUp samples that do not count
   * @param samples those that do
   * @param batch calls in one sample
   */
  private record Rounds(int warmUp, int samples, int batch) {}

  /** Something that is measured. */
  @FunctionalInterface
  private interface Work {
    Object run() throws Exception;
  }

  Table print() throws Exception {
    for (Crypto crypto : Crypto.available()) {
      verification(crypto);
    }
    commits();
    return table;
  }

  private void verification(Crypto crypto) throws Exception {
    VerifyBenchmark benchmark = new VerifyBenchmark();
    VerifyBenchmark.Shared shared = new VerifyBenchmark.Shared();
    shared.crypto = crypto;
    shared.setUp();
    VerifyBenchmark.Bare bare = new VerifyBenchmark.Bare();
    bare.setUp(shared);
    hot(
        "(a) stub, slot",
        crypto.title(),
        () -> benchmark.stub(shared),
        () -> benchmark.stubFloor(bare));
    hot(
        "(b) attested, path cached",
        crypto.title(),
        () -> benchmark.attested(shared),
        () -> benchmark.attestedFloor(bare));
    VerifyBenchmark.Cold cold = new VerifyBenchmark.Cold();
    cold.setUp(shared);
    inTurn(
        "(c) attested, cold path",
        crypto.title(),
        new Rounds(settings.repetitions(COLD_WARM_UP), settings.repetitions(COLD_SAMPLES), 1),
        () -> cold.next(shared),
        () -> benchmark.cold(cold),
        () -> benchmark.coldFloor(cold));
  }

  private void commits() throws Exception {
    CommitBenchmark benchmark = new CommitBenchmark();
    CommitBenchmark.Shared shared = new CommitBenchmark.Shared();
    shared.setUp();
    try {
      CommitBenchmark.Bare bare = new CommitBenchmark.Bare();
      bare.setUp(shared);
      CommitBenchmark.Turn turn = new CommitBenchmark.Turn();
      turn.setUp();
      Work floor = () -> benchmark.floor(bare);
      hot("commit, one chain", "BouncyCastle", () -> benchmark.oneChain(shared), floor);
      hot("commit, 64 chains", "BouncyCastle", () -> benchmark.manyChains(shared, turn), floor);
    } finally {
      shared.verifyOne();
    }
  }

  private void hot(String what, String crypto, Work library, Work floor) throws Exception {
    int samples = settings.repetitions(SAMPLES);
    inTurn(what, crypto, new Rounds(samples, samples, BATCH), () -> {}, library, floor);
  }

  private void inTurn(
      String what, String crypto, Rounds rounds, Runnable before, Work library, Work floor)
      throws Exception {
    long[] ours = new long[rounds.samples];
    long[] bare = new long[rounds.samples];
    for (int i = -rounds.warmUp; i < rounds.samples; i++) {
      before.run();
      long took = nanos(library, rounds.batch);
      long least = nanos(floor, rounds.batch);
      if (i >= 0) {
        ours[i] = took;
        bare[i] = least;
      }
    }
    double micros = quantile(ours) / 1e3;
    double floorMicros = quantile(bare) / 1e3;
    table.row(
        what,
        crypto,
        Table.number(micros),
        Table.number(floorMicros),
        Table.times(micros / floorMicros),
        Table.number(micros - floorMicros));
  }

  /** Processor time of one of a batch. */
  private long nanos(Work work, int batch) throws Exception {
    long begun = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < batch; i++) {
      sink = work.run();
    }
    return (threads.getCurrentThreadCpuTime() - begun) / batch;
  }

  private static long quantile(long[] samples) {
    Arrays.sort(samples);
    return samples[samples.length / QUANTILE];
  }
}
