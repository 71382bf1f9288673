package dev.occ.client.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer in memory, which wait no longer and read no more than they were told
 * to. Safe for use by many threads at once.
 */
public final class BoundedExchange {
  private final HttpClient http;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * Exchanges over a client.
   *
   * @param http sends, best made by {@link #client}
   * @param timeout how long everything may take, the last byte of the answer included
   * @param maxBytes the longest answer
   */
  public BoundedExchange(HttpClient http, Duration timeout, int maxBytes) {
    this.http = http;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * A client that follows no redirects.
   *
   * @param connectTimeout how long reaching the server may take
   * @return a builder, for what else is needed
   */
  public static HttpClient.Builder client(Duration connectTimeout) {
    // HTTP/1.1: over clear text, version 2 would begin by asking for an upgrade.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout);
  }

  /**
   * Sends once.
   *
   * @param request what to send
   * @return the answer, whatever its status
   * @throws InterruptedException if the thread is interrupted
   * @throws TimeoutException if the time ran out
   * @throws ExecutionException with why else there is none; {@link BoundedBody.TooLongException}
   *     among the causes if it is too long
   */
  public HttpResponse<byte[]> send(HttpRequest request)
      throws InterruptedException, TimeoutException, ExecutionException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, info -> new BoundedBody(maxBytes));
    try {
      // HttpRequest's own timeout ends with the headers; a body could take for ever.
      return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      boolean unused = exchange.cancel(true);
    }
  }

  /**
   * Whether a failure is, or comes from, one of a type.
   *
   * @param failure any failure
   * @param type what to look for
   * @return whether it is among the causes
   */
  public static boolean isFrom(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
