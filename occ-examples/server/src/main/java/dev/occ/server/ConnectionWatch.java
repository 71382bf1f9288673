package dev.occ.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.enclave.SurvivingTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose peer takes longer over a header, a body or an answer than it may. Jetty
 * closes silent connections; this ends those that send, or take, a byte now and then. Thread-safe.
 */
final class ConnectionWatch implements Connection.Listener, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  /** Bodies that are late are answered 408; this is for peers with which that does not work. */
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(5);

  private final ParentLimits limits;
  private final LongSupplier nanoClock;
  private final Map<EndPoint, Watched> connections = new ConcurrentHashMap<>();

  /** What a connection is at. */
  enum Phase {
    /** Between two requests. */
    IDLE,
    /** A header is arriving. */
    HEADER,
    /** A body is arriving. */
    BODY,
    /** The server is at work. */
    WORK,
    /** An answer is on its way. */
    ANSWER
  }

  ConnectionWatch(ParentLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /** How often to run. */
  Duration interval() {
    long shortest =
        Math.min(
            limits.headerTimeout().toMillis(),
            Math.min(limits.bodyTimeout().toMillis(), limits.writeTimeout().toMillis()));
    return Duration.ofMillis(Math.max(10, Math.min(1000, shortest / 4)));
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection.getEndPoint(), new Watched(connection));
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection.getEndPoint());
  }

  /** A connection has come to another phase. */
  void enter(EndPoint endPoint, Phase phase) {
    Watched watched = connections.get(endPoint);
    if (watched != null) {
      watched.enter(phase);
    }
  }

  @Override
  public void run() {
    // Closing runs what Jetty's connection has to do about it; whatever that throws, the others are
    // watched all the same.
    connections.forEach(
        (endPoint, watched) ->
            SurvivingTask.of(
                    () -> check(endPoint, watched),
                    (failure, unreported) ->
                        LOG.error("closing a connection after its timeout failed", failure))
                .run());
  }

  private static void check(EndPoint endPoint, Watched watched) {
    Phase late = watched.late();
    if (late != null) {
      LOG.debug("closing a connection after its timeout: {}", late);
      endPoint.close();
    }
  }

  private final class Watched {
    private final Connection connection;

    @GuardedBy("this")
    private Phase phase = Phase.HEADER;

    @GuardedBy("this")
    private long since = nanoClock.getAsLong();

    @GuardedBy("this")
    private long bytesBefore;

    Watched(Connection connection) {
      this.connection = connection;
    }

    synchronized void enter(Phase next) {
      phase = next;
      since = nanoClock.getAsLong();
      bytesBefore = connection.getBytesIn();
    }

    /** The phase that takes too long, if one does. */
    synchronized @Nullable Phase late() {
      if (phase == Phase.IDLE && connection.getBytesIn() != bytesBefore) {
        enter(Phase.HEADER);
      }
      Duration limit =
          switch (phase) {
            case HEADER -> limits.headerTimeout();
            case BODY -> limits.bodyTimeout().plus(ANSWER_GRACE);
            case ANSWER -> limits.writeTimeout();
            case IDLE, WORK -> Duration.ZERO;
          };
      boolean isLate = !limit.isZero() && nanoClock.getAsLong() - since > limit.toNanos();
      return isLate ? phase : null;
    }
  }
}
