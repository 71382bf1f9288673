package dev.occ.enclave;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes connections from one listener and gives them to the workers, until the listener is closed.
 * While the server stops, it tells whoever connects.
 */
final class Acceptor implements Runnable {
  private static final Duration MIN_PAUSE = Duration.ofMillis(10);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private final EnclaveListener listener;
  private final ServerContext context;
  private final LogThrottle failures = new LogThrottle(System::nanoTime);
  private final LogThrottle refusals = new LogThrottle(System::nanoTime);

  Acceptor(EnclaveListener listener, ServerContext context) {
    this.listener = listener;
    this.context = context;
  }

  @Override
  public void run() {
    Duration pause = MIN_PAUSE;
    while (listener.channel().isOpen()) {
      try {
        handle(listener.channel().accept());
        pause = MIN_PAUSE;
      } catch (ClosedChannelException e) {
        break; // the server stops; or else the listener's owner closed it, which is said below
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        // Out of descriptors or memory, as a rule: trying again at once would only burn time.
        SurvivingTask.of(
                () ->
                    failures.log(
                        others ->
                            context.log().warn("accepting failed ({} more since then)", others, e)),
                (unlogged, before) -> pauseFor(MAX_PAUSE)) // memory to log it: later, perhaps
            .run();
        pauseFor(pause);
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
      }
    }
    if (!context.isStopping()) {
      context.log().error("a listener was closed while the server runs");
    }
  }

  private void pauseFor(Duration pause) {
    try {
      context.pause(pause);
    } catch (InterruptedException e) {
      // Nobody but a stranger interrupts this thread; the listener's state decides what happens.
      context.log().debug("interrupted while pausing", e);
    }
  }

  private void handle(SocketChannel channel) {
    if (!isAllowed(channel)) {
      Channels.closeQuietly(channel, context.log());
      return;
    }
    ServerConnection connection = new ServerConnection(channel, context);
    if (context.isStopping()) {
      connection.refuse(ServerConnection.closing());
      return;
    }
    try {
      context.workers().execute(connection);
    } catch (RejectedExecutionException e) {
      connection.refuse(
          context.isStopping()
              ? ServerConnection.closing()
              : new RequestException(EnclaveErrorCode.BUSY, "too many connections wait"));
    }
  }

  private boolean isAllowed(SocketChannel channel) {
    try {
      if (listener.peerFilter().accepts(channel)) {
        return true;
      }
      Object peer = channel.getRemoteAddress();
      refusals.log(
          others -> context.log().warn("refused the peer {} ({} more since then)", peer, others));
    } catch (IOException | RuntimeException e) {
      refusals.log(
          others ->
              context.log().warn("refused a peer that the filter failed on ({} more)", others, e));
    }
    return false;
  }
}
