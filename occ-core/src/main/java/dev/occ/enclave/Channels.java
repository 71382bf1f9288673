package dev.occ.enclave;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;

/** Small things that server and client do with channels. */
final class Channels {
  /**
   * How much goes through one read or write. The JDK copies through a direct buffer of that size,
   * which it keeps for each thread, so this bounds memory outside the heap.
   */
  static final int CHUNK = 64 * 1024;

  private Channels() {}

  /** Closes what a failure left open; a second failure is attached to the first. */
  static void closeAfter(Exception failure, Closeable left) {
    try {
      left.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Closes a connection that is of no use any more, whatever the system says to it. */
  static void closeQuietly(Closeable used, Logger log) {
    try {
      used.close();
    } catch (IOException e) {
      log.debug("closing failed", e);
    }
  }

  /** Writes everything, waiting for a peer that reads slowly. */
  static void writeAll(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.position() < bytes.length) {
      int unused = writeSome(channel, buffer, bytes.length);
    }
  }

  /** One write of at most {@link #CHUNK} bytes; gives how many went. */
  static int writeSome(SocketChannel channel, ByteBuffer buffer, int end) throws IOException {
    ByteBuffer chunk = buffer.limit(Math.min(end, buffer.position() + CHUNK));
    return channel.write(chunk);
  }
}
