package dev.occ.cli;

import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A bar on standard error that shows how far long work has come. Drawn only after half a second and
 * ten times a second at most; not at all when standard error is no terminal. Thread-safe; whoever
 * prints between {@link #clear} and the next bar holds this object's lock meanwhile.
 */
public final class Progress {
  private static final long FIRST_AFTER = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int WIDTH = 30;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean shown;
  private final OptionalLong totalBytes;
  private final LongSupplier nanoTime;
  private long nextDraw;
  private long bytes;
  private boolean drawn;
  private String text = "";

  /**
   * A bar at its beginning.
   *
   * @param err where to draw
   * @param shown whether to draw at all
   * @param totalBytes how long the work is, if that is known
   * @param nanoTime the clock
   */
  public Progress(PrintStream err, boolean shown, OptionalLong totalBytes, LongSupplier nanoTime) {
    this.err = err;
    this.shown = shown;
    this.totalBytes = totalBytes;
    this.nanoTime = nanoTime;
    this.nextDraw = nanoTime.getAsLong() + FIRST_AFTER;
  }

  /** Takes the bar away, so that lines can be printed. */
  public synchronized void clear() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  /** Notes work done, and draws when it is time. */
  public void advance(long more, Tally tally) {
    advance(more, tally.proofs(), tally.notValid());
  }

  /** The same for those who count in another way. */
  public void advance(long more, long proofs, long notValid) {
    advance(more, () -> proofs + " proofs, " + notValid + " not valid");
  }

  /**
   * Notes work done, and draws when it is time.
   *
   * @param more how many bytes of the whole
   * @param status what stands beside the bar; fit for a terminal
   */
  public synchronized void advance(long more, Supplier<String> status) {
    if (shown) {
      text = status.get();
    }
    advance(more);
  }

  /**
   * The same with what stood beside the bar before: for bytes of something that is not done yet.
   */
  public synchronized void advance(long more) {
    bytes += more;
    if (!shown || nanoTime.getAsLong() - nextDraw < 0) {
      return;
    }
    nextDraw = nanoTime.getAsLong() + INTERVAL;
    err.print(ERASE + bar() + text);
    err.flush();
    drawn = true;
  }

  private String bar() {
    if (totalBytes.isEmpty() || totalBytes.getAsLong() <= 0) {
      return "";
    }
    double done = Math.min(1.0, (double) bytes / totalBytes.getAsLong());
    int filled = (int) (done * WIDTH);
    return "["
        + "#".repeat(filled)
        + "-".repeat(WIDTH - filled)
        + "] "
        + (int) (done * 100)
        + " %  ";
  }
}
