package dev.occ.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as it arrives, without a thread waiting for it. What it holds is counted against the
 * lane's bytes; how long it takes is bounded as a whole. Jetty may call back, on another thread,
 * while the demand is still being made; Jetty's reading is not made for two threads.
 */
final class BodyReader implements Runnable {
  private final Request request;
  private final int maxBytes;
  private final ByteBudget.Account account;
  private final ParentLimits limits;
  private final LongSupplier nanoClock;
  private final Receiver receiver;
  private final EndPoint endPoint;
  private final long deadline;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Runnable reading = new OneAtATime(this::read);
  private boolean over;

  /** What becomes of a body. */
  interface Receiver {
    /** All of it is there. */
    void received(byte[] body);

    /** It will not come in full. */
    void failed(ApiException e);

    /** The connection broke: nobody is there to be answered. */
    void broken(Throwable failure);
  }

  BodyReader(
      Request request,
      int maxBytes,
      ByteBudget.Account account,
      ParentLimits limits,
      LongSupplier nanoClock,
      Receiver receiver) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.account = account;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.receiver = receiver;
    this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    this.deadline = nanoClock.getAsLong() + limits.bodyTimeout().toNanos();
  }

  /** Reads what is there, and comes back when there is more; after the end it does nothing. */
  @Override
  public void run() {
    reading.run();
  }

  private void read() {
    boolean more = !over;
    while (more) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        awaitMore();
        return;
      }
      more = take(chunk);
    }
  }

  private void awaitMore() {
    long left = deadline - nanoClock.getAsLong();
    if (left <= 0) {
      finish(late());
      return;
    }
    // Jetty then wakes this reader at the deadline even if nothing arrives.
    endPoint.setIdleTimeout(
        Math.min(limits.idleTimeout().toMillis(), Duration.ofNanos(left).toMillis() + 1));
    request.demand(this);
  }

  /** Whether to go on. */
  private boolean take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      Throwable failure = chunk.getFailure();
      if (failure instanceof TimeoutException) {
        finish(late());
      } else if (failure instanceof HttpException) {
        finish(incomplete(failure)); // the client may still read
      } else {
        end();
        receiver.broken(failure);
      }
      return false;
    }
    boolean last = chunk.isLast();
    ApiException refusal = append(chunk.getByteBuffer());
    chunk.release();
    if (refusal != null) {
      finish(refusal);
      return false;
    }
    if (last) {
      end();
      receiver.received(body.toByteArray());
    } else if (nanoClock.getAsLong() - deadline > 0) {
      finish(late());
      return false;
    }
    return !last;
  }

  private @Nullable ApiException append(ByteBuffer bytes) {
    int size = bytes.remaining();
    if (body.size() + size > maxBytes) {
      return tooLarge(maxBytes);
    }
    if (!account.tryTake(size)) {
      return new ApiException(ApiError.BUSY, "the server is at capacity for request bodies")
          .retryAfter(Duration.ofSeconds(1));
    }
    byte[] copy = new byte[size];
    bytes.get(copy);
    body.writeBytes(copy);
    return null;
  }

  private void finish(ApiException e) {
    end();
    receiver.failed(e);
  }

  private void end() {
    over = true;
    endPoint.setIdleTimeout(limits.idleTimeout().toMillis());
  }

  private static ApiException incomplete(Throwable failure) {
    return new ApiException(
        ApiError.BAD_REQUEST, "the body ended early, or its chunks are malformed", failure);
  }

  private ApiException late() {
    return new ApiException(ApiError.REQUEST_TIMEOUT, "timeout while reading the body");
  }

  static ApiException tooLarge(int maxBytes) {
    return new ApiException(
        ApiError.BODY_TOO_LARGE, "the body is longer than " + maxBytes + " bytes");
  }
}
