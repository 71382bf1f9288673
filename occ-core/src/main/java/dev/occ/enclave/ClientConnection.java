package dev.occ.enclave;

import dev.occ.json.JsonException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** One connection to an enclave, used by one request at a time. */
final class ClientConnection implements Closeable {
  private final SocketChannel channel;
  private final Watchdog watchdog;
  private final ObjectBuffer answers;
  private boolean written;
  private long idleSince;
  private volatile boolean expired;

  ClientConnection(SocketChannel channel, Watchdog watchdog, int maxAnswerBytes) {
    this.channel = channel;
    this.watchdog = watchdog;
    // Its own budget: the pool bounds the number of connections, and so of answers.
    this.answers = new ObjectBuffer(maxAnswerBytes, new MemoryBudget(Long.MAX_VALUE));
  }

  /** Whether any byte of the last request went out. */
  boolean hasWritten() {
    return written;
  }

  /** Whether the last request's time ran out. */
  boolean isExpired() {
    return expired;
  }

  /** Sends a request and reads its answer. */
  byte[] exchange(byte[] request, Duration timeout)
      throws IOException, JsonException, RequestException {
    written = false;
    Watchdog.Guard guard = watchdog.after(timeout, this::expire);
    try (guard) {
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.position() < request.length) {
        written |= writeSome(out, request.length);
      }
      Optional<byte[]> answer = answers.next();
      while (answer.isEmpty()) {
        if (answers.fill(channel) < 0) {
          throw new IOException("the enclave closed the connection without an answer");
        }
        answer = answers.next();
      }
      idleSince = System.nanoTime();
      return answer.get();
    }
  }

  /** Writes some bytes; whether any went out. */
  private boolean writeSome(ByteBuffer out, int length) throws IOException {
    try {
      return Channels.writeSome(channel, out, length) > 0;
    } catch (AsynchronousCloseException e) {
      // An interrupt or the watchdog closed it: the bytes may have gone out all the same.
      written = true;
      throw e;
    }
  }

  /**
   * Whether the connection can take another request: the server's newline after its last answer has
   * promised so, nothing else came since, and it is still open.
   */
  boolean isReusable(Duration maxIdle) throws IOException, RequestException {
    if (!channel.isOpen() || System.nanoTime() - idleSince > maxIdle.toNanos()) {
      return false;
    }
    var unused = channel.configureBlocking(false);
    int read = answers.fill(channel);
    var unusedToo = channel.configureBlocking(true);
    return read >= 0 && !answers.hasMore() && answers.sawNewline();
  }

  private void expire() {
    expired = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // to the watchdog, which reports it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
