package dev.occ.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be looked at while its request is being worked on. Jetty reads nothing in
 * that time, and so does not notice that the peer has left. The one byte that looking may take is
 * given back to whoever reads next. Thread-safe.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
  private static final int NOTHING = -1;

  private final Executor executor;

  @GuardedBy("this")
  private int ahead = NOTHING;

  /** What can be seen of the peer. */
  enum Peer {
    /** It may still send. */
    PRESENT,
    /** It sends no more; whether it still reads is not known. */
    FINISHED,
    /** The connection is broken. */
    GONE
  }

  PeekingEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /** Looks, without waiting. Only for when a request's body was read to its end. */
  synchronized Peer peek() {
    if (!isOpen()) {
      return Peer.GONE;
    }
    if (ahead != NOTHING) {
      return Peer.PRESENT; // it has sent more; what comes after that cannot be seen
    }
    ByteBuffer one = ByteBuffer.allocate(1);
    try {
      int read = getChannel().read(one);
      if (read > 0) {
        ahead = one.get(0) & 0xFF;
      }
      return read < 0 ? Peer.FINISHED : Peer.PRESENT;
    } catch (IOException e) {
      return Peer.GONE;
    }
  }

  @Override
  public synchronized int fill(ByteBuffer buffer) throws IOException {
    if (ahead == NOTHING) {
      return super.fill(buffer);
    }
    int position = BufferUtil.flipToFill(buffer);
    buffer.put((byte) ahead);
    BufferUtil.flipToFlush(buffer, position);
    ahead = NOTHING;
    return 1;
  }

  @Override
  protected void needsFillInterest() {
    if (hasByteAhead()) {
      executor.execute(() -> getFillInterest().fillable()); // the selector knows nothing of it
    } else {
      super.needsFillInterest();
    }
  }

  private synchronized boolean hasByteAhead() {
    return ahead != NOTHING;
  }
}
