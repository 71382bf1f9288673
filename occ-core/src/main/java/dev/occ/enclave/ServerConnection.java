package dev.occ.enclave;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.json.JsonException;
import dev.occ.json.JsonWeight;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection, served by one worker from its first request to its last.
 *
 * <p>The worker's reads and writes block. What bounds them runs on other threads: a peer that sends
 * nothing is closed, one that sends too slowly has its input shut down, so that the worker wakes up
 * and can still answer why.
 */
final class ServerConnection implements Runnable {
  /** How long a connection that is kept alive is left alone when others wait for its worker. */
  private static final Duration SHORT_IDLE = Duration.ofSeconds(1);

  /** How long a new connection may stay silent when others wait for its worker. */
  private static final Duration SHORT_SILENCE = Duration.ofSeconds(5);

  /** How long after shutting the input down a connection is closed, whatever it still does. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private enum Phase {
    /** No byte of a request has arrived since the start, or since the last answer. */
    IDLE,
    RECEIVING,
    /** A request is carried out and answered: nothing may interrupt that. */
    ANSWERING,
    OVER
  }

  private final SocketChannel channel;
  private final ServerContext context;
  private final ObjectBuffer buffer;

  @GuardedBy("this")
  private Phase phase = Phase.IDLE;

  /** Whether no request was answered yet; then the peer is told why it is turned away. */
  @GuardedBy("this")
  private boolean fresh = true;

  /** Why the peer is turned away in the middle of what it does, if it is. */
  @GuardedBy("this")
  private @Nullable RequestException interruption;

  /** Whether the worker may be blocked in a read; otherwise it sees the interruption by itself. */
  @GuardedBy("this")
  private boolean reading;

  ServerConnection(SocketChannel channel, ServerContext context) {
    this.channel = channel;
    this.context = context;
    this.buffer = new ObjectBuffer(context.options().maxRequestBytes(), context.budget());
  }

  @Override
  public void run() {
    context.connections().add(this);
    boolean handedOver = false;
    try (buffer) {
      serve();
      context.lingering().add(channel);
      handedOver = true;
    } catch (IOException e) {
      context.log().debug("a connection ended", e);
    } catch (RuntimeException e) {
      context.log().error("a connection failed unexpectedly", e);
    } finally {
      context.connections().remove(this);
      if (!handedOver) {
        close();
      }
    }
  }

  private void serve() throws IOException {
    boolean again = true;
    while (again) {
      Optional<byte[]> request;
      try {
        request = receive();
      } catch (RequestException e) {
        send(Reply.error(e, false).toBytes(false));
        return;
      } catch (JsonException e) {
        send(Reply.error(e.reason().code(), e, false).toBytes(false));
        return;
      }
      if (request.isEmpty()) {
        return;
      }
      again = answer(request.get());
    }
  }

  /** Carries a request out, within what all requests together may weigh, and answers it. */
  private boolean answer(byte[] request) throws IOException {
    Optional<Reply> refusal = context.handler().refusal(request);
    if (refusal.isPresent()) {
      send(refusal.get().toBytes(false));
      return false;
    }
    long weight = JsonWeight.of(request);
    if (!context.weights().take(weight)) {
      send(Reply.error(tooHeavy(weight), false).toBytes(false));
      return false;
    }
    try {
      Reply reply = context.handler().handle(request);
      // Others wait: the worker goes to them, unless this peer has sent its next request already.
      boolean again =
          reply.keepAlive() && !context.isStopping() && (buffer.hasMore() || !context.workWaits());
      send(reply.toBytes(again));
      return again;
    } finally {
      context.weights().giveBack(weight); // the answer may repeat what the request said
    }
  }

  /** One that would never fit is refused for good. */
  private RequestException tooHeavy(long weight) {
    return weight > context.options().maxParsedBytes()
        ? new RequestException(
            EnclaveErrorCode.REQUEST_TOO_LARGE,
            "would take " + weight + " bytes of memory, which is more than all requests may take")
        : new RequestException(EnclaveErrorCode.BUSY, "too many heavy requests at once");
  }

  /**
   * The next request, or empty if there is none: the peer has ended, or the server turns to others.
   */
  private Optional<byte[]> receive() throws IOException, RequestException, JsonException {
    if (!awaitFirstByte()) {
      return Optional.empty();
    }
    Duration timeout = context.options().requestTimeout();
    Watchdog.Guard guard = context.watchdog().after(timeout, this::requestTooSlow);
    try (guard) {
      Optional<byte[]> request = buffer.next();
      while (request.isEmpty()) {
        if (fill() < 0) {
          throw new RequestException(EnclaveErrorCode.MALFORMED, "the request ends too early");
        }
        request = buffer.next();
      }
      enter(Phase.ANSWERING);
      return request;
    }
  }

  private boolean awaitFirstByte() throws IOException, RequestException {
    enter(Phase.IDLE);
    if (context.isStopping()) {
      if (isFresh() || buffer.hasMore()) {
        throw closing();
      }
      return false;
    }
    if (!buffer.hasMore()) {
      long since = System.nanoTime();
      Duration idle = context.options().idleTimeout();
      Duration step = idle.compareTo(SHORT_IDLE) < 0 ? idle : SHORT_IDLE;
      Watchdog.Guard guard = context.watchdog().every(step, () -> idleSince(since));
      try (guard) {
        do {
          if (fill() < 0) {
            return false;
          }
        } while (!buffer.hasMore());
      }
    }
    enter(Phase.RECEIVING);
    return true;
  }

  /** Reads what is there, or -1 at the peer's end; does not begin to once interrupted. */
  private int fill() throws IOException, RequestException {
    synchronized (this) {
      throwIfInterrupted();
      reading = true;
    }
    int read;
    try {
      read = buffer.fill(channel);
    } finally {
      synchronized (this) {
        reading = false;
      }
    }
    throwIfInterrupted();
    return read;
  }

  /** Goes on, unless the connection was interrupted or closed meanwhile. */
  private synchronized void enter(Phase next) throws IOException, RequestException {
    throwIfInterrupted();
    if (phase == Phase.OVER) {
      throw new IOException("closed as idle");
    }
    if (next == Phase.IDLE && phase == Phase.ANSWERING) {
      fresh = false;
    }
    phase = next;
  }

  private synchronized boolean isFresh() {
    return fresh;
  }

  private synchronized void throwIfInterrupted() throws RequestException {
    if (interruption != null) {
      throw interruption;
    }
  }

  private void send(byte[] answer) throws IOException {
    Watchdog.Guard guard = context.watchdog().after(context.options().writeTimeout(), this::close);
    try (guard) {
      Channels.writeAll(channel, answer);
    }
  }

  private synchronized void idleSince(long since) {
    long idle = System.nanoTime() - since;
    boolean expired = idle >= context.options().idleTimeout().toNanos();
    boolean inTheWay = context.workWaits() && (!fresh || idle >= SHORT_SILENCE.toNanos());
    if (phase == Phase.IDLE && (expired || inTheWay)) {
      close();
    }
  }

  private void requestTooSlow() {
    interrupt(
        new RequestException(
            EnclaveErrorCode.REQUEST_TIMEOUT, "the request did not arrive in time"));
  }

  /** The server stops: lets an answer be finished, and ends everything else. */
  synchronized void stop() {
    if (phase == Phase.IDLE && !fresh) {
      close();
    } else {
      interrupt(closing());
    }
  }

  static RequestException closing() {
    return new RequestException(EnclaveErrorCode.CLOSING, "the server is stopping");
  }

  private synchronized void interrupt(RequestException why) {
    if (phase != Phase.IDLE && phase != Phase.RECEIVING) {
      return;
    }
    interruption = why;
    if (!reading) {
      return; // the input stays open: what the peer has sent is drained, not answered by a reset
    }
    try {
      SocketChannel unused = channel.shutdownInput();
      // In case the provider's channel does not wake the reader up.
      Watchdog.Guard unusedToo = context.watchdog().after(GRACE, this::close);
    } catch (IOException e) {
      context.log().debug("the peer went away", e);
      close();
    }
  }

  /** Closes the channel at once, which ends the worker's reads and writes. */
  synchronized void close() {
    phase = Phase.OVER;
    Channels.closeQuietly(channel, context.log());
  }

  /** Answers a connection that no worker will serve. */
  void refuse(RequestException why) {
    try {
      send(Reply.error(why, false).toBytes(false)); // fits the socket's buffer
      context.lingering().add(channel);
    } catch (IOException e) {
      context.log().debug("the peer went away", e);
      close();
    }
  }
}
