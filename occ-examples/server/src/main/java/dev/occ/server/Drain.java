package dev.occ.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Reads and forgets, for a while, what a client still sends after its request was refused: closing
 * at once would reset the connection, and the client would never see the answer.
 */
final class Drain implements Runnable {
  private static final Duration MAX_TIME = Duration.ofSeconds(2);
  private static final long MAX_BYTES = 8L * 1024 * 1024;

  private final Request request;
  private final LongSupplier nanoClock;
  private final Runnable whenDone;
  private final EndPoint endPoint;
  private final long deadline;
  private final Runnable draining = new OneAtATime(this::drain);
  private long drained;
  private boolean over;

  Drain(Request request, LongSupplier nanoClock, Runnable whenDone) {
    this.request = request;
    this.nanoClock = nanoClock;
    this.whenDone = whenDone;
    this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    this.deadline = nanoClock.getAsLong() + MAX_TIME.toNanos();
  }

  /** Reads what is there, and comes back when there is more; after the end it does nothing. */
  @Override
  public void run() {
    draining.run();
  }

  private void drain() {
    if (over) {
      return;
    }
    while (drained < MAX_BYTES) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        long left = deadline - nanoClock.getAsLong();
        if (left > 0) {
          endPoint.setIdleTimeout(Duration.ofNanos(left).toMillis() + 1);
          request.demand(this);
          return;
        }
        break;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      drained += chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        break;
      }
    }
    over = true;
    whenDone.run();
  }
}
