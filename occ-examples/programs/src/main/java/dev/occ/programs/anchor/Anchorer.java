package dev.occ.programs.anchor;

import dev.occ.programs.anchor.AnchorMaker.NotMadeException;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Anchors the newest block, waits, and does it again, until it is stopped. A block is anchored once
 * at most, across restarts too: when nobody knows whether a commit had its effect, its block counts
 * as anchored, and the next block takes its place. Block numbers of anchors only grow.
 *
 * <p>After failures it waits longer: twice as long each time, up to five minutes or the interval,
 * and a random part less, so that many of its kind do not come at once.
 */
public final class Anchorer {
  /** How far behind the last anchored block nodes may be; some three hours. */
  private static final long MOST_BEHIND = 1000;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 16;

  private final BlockSource blocks;
  private final Finality finality;
  private final AnchorMaker maker;
  private final AnchorState state;
  private final Duration interval;
  private final AnchorListener listener;
  private final DoubleSupplier random;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Optional<Block> notedAsReplaced = Optional.empty();

  private Anchorer(
      BlockSource blocks, AnchorMaker maker, AnchorState state, Pace pace, AnchorListener told) {
    this.blocks = blocks;
    this.finality = pace.finality();
    this.maker = maker;
    this.state = state;
    this.interval = pace.interval();
    this.listener = told;
    this.random = pace.random();
  }

  /**
   * An anchorer that goes on where the last one ended.
   *
   * @param blocks where blocks come from
   * @param maker who commits
   * @param memory what is kept across restarts
   * @param pace how often, and which blocks
   * @param listener is told what happens
   * @return an anchorer for one thread; only {@link #stop} is for others
   * @throws IOException if what an earlier one left cannot be read, or is of another chain
   */
  public static Anchorer open(
      BlockSource blocks, AnchorMaker maker, Memory memory, Pace pace, AnchorListener listener)
      throws IOException {
    AnchorState state = AnchorState.open(memory.file(), memory.chainId(), memory.writer());
    return new Anchorer(blocks, maker, state, pace, listener);
  }

  /**
   * Where the state is kept.
   *
   * @param file a file for this chain alone; need not be there yet
   * @param chainId the Ethereum chain that it is about
   * @param writer writes it
   */
  public record Memory(Path file, Counter chainId, StateWriter writer) {}

  /**
   * How often, and which blocks.
   *
   * @param interval how long from one block to the next
   * @param finality which block counts as the newest
   * @param random 0 (inclusive) to 1 (exclusive)
   */
  public record Pace(Duration interval, Finality finality, DoubleSupplier random) {}

  /** Writes the state of an anchorer to its file. */
  public interface StateWriter {
    /**
     * Writes so that the name holds all of it or what was there before.
     *
     * @param file where
     * @param document what
     * @throws IOException if that is impossible
     */
    void write(Path file, byte[] document) throws IOException;
  }

  /** Ends {@link #run}: at once if it waits, after the commit that is under way otherwise. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Anchors until it is stopped.
   *
   * @throws IOException if the state cannot be kept: going on could anchor a block twice
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void run() throws IOException, InterruptedException {
    int failures = 0;
    Duration pause = Duration.ZERO;
    while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        step();
        failures = 0;
        pause = interval;
      } catch (RpcException | NotMadeException e) {
        failures++;
        pause = pauseAfter(failures);
        listener.failed(String.valueOf(e.getMessage()), pause);
      }
    }
  }

  /**
   * Looks once, and anchors the newest block if it is a new one.
   *
   * @return false if that failed; the listener knows why
   * @throws IOException if the state cannot be kept
   */
  public boolean once() throws IOException {
    try {
      step();
      return true;
    } catch (RpcException | NotMadeException e) {
      listener.failed(String.valueOf(e.getMessage()), Duration.ZERO);
      return false;
    }
  }

  /** Looks once, and anchors the newest block if it is a new one. */
  private void step() throws IOException, NotMadeException {
    Block newest = blocks.newest(finality);
    Optional<Block> last = state.last();
    if (last.isPresent()) {
      noteIfReplaced(last.get(), newest);
      if (newest.number().compareTo(last.get().number()) <= 0) {
        requireNotFarBehind(newest, last.get());
        return;
      }
    }
    anchor(newest, last);
  }

  /**
   * Nodes lag, and reorganisations go back, by some blocks; finality, when it is changed, by some
   * hundred. Otherwise the block that was anchored last does not exist: to wait for its number in
   * silence would end anchoring.
   */
  private static void requireNotFarBehind(Block newest, Block last) throws RpcException {
    long behind =
        last.number().bits() - newest.number().bits(); // as unsigned, for last is not less
    if (Long.compareUnsigned(behind, MOST_BEHIND) > 0) {
      throw new RpcException(
          RpcException.Reason.DISAGREEMENT,
          "the newest block is "
              + newest.number()
              + ", far below "
              + last.number()
              + ", the last anchored block: either the nodes are far behind, or one returned a block"
              + " that does not exist. In the second case start with another state file");
    }
  }

  private void anchor(Block block, Optional<Block> before) throws IOException, NotMadeException {
    state.set(block);
    try {
      Proof proof = maker.make(block);
      listener.anchored(block, proof);
    } catch (NotMadeException e) {
      if (!e.mayExist()) {
        state.restore(before);
      }
      throw e;
    }
  }

  private void noteIfReplaced(Block last, Block newest) {
    Block now = newest;
    if (newest.number().compareTo(last.number()) > 0) {
      try {
        now = blocks.block(last.number());
      } catch (RpcException e) {
        return; // not known now, by nodes that forget old blocks never: no reason not to go on
      }
    }
    boolean replaced = now.number().equals(last.number()) && !now.equals(last);
    if (replaced && !notedAsReplaced.equals(Optional.of(last))) {
      notedAsReplaced = Optional.of(last);
      listener.replaced(last);
    }
  }

  private Duration pauseAfter(int failures) {
    Duration longest = interval.compareTo(LONGEST_PAUSE) > 0 ? interval : LONGEST_PAUSE;
    long doubled = interval.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long bounded = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(bounded * (0.5 + random.getAsDouble() / 2)));
  }
}
