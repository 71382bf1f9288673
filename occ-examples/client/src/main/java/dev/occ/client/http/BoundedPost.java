package dev.occ.client.http;

import dev.occ.proof.Bytes;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Posts to one address, and waits no longer and reads no more than it was told to. Redirects are
 * not followed. Safe for use by many threads at once.
 */
public final class BoundedPost {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final BoundedExchange exchange;
  private final URI url;
  private final Duration timeout;

  /**
   * A sender.
   *
   * @param url an http or https address
   * @param timeout how long everything may take, the last byte of the answer included
   * @param maxBytes the longest answer
   * @throws IllegalArgumentException if the address is none of those
   */
  public BoundedPost(URI url, Duration timeout, int maxBytes) {
    String scheme = Optional.ofNullable(url.getScheme()).orElse("");
    if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("an address is http://HOST… or https://HOST…");
    }
    this.url = url;
    this.timeout = timeout;
    Duration connect = CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout;
    exchange = new BoundedExchange(BoundedExchange.client(connect).build(), timeout, maxBytes);
  }

  /**
   * The host that is asked, which is no secret; the rest of an address may hold a key.
   *
   * @return its name
   */
  public String host() {
    return url.getHost();
  }

  /**
   * Posts once.
   *
   * @param type the content type of what is sent
   * @param body what is sent
   * @return status 200's answer
   * @throws PostException if no such answer comes
   */
  public Answer send(String type, byte[] body) throws PostException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = exchange.send(request);
      if (response.statusCode() != 200) {
        throw new PostException(
            PostException.Reason.STATUS, host() + " answers with status " + response.statusCode());
      }
      return new Answer(
          response.headers().firstValue("Content-Type").orElse(""), Bytes.of(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostException(PostException.Reason.INTERRUPTED, "interrupted", e);
    } catch (TimeoutException e) {
      throw new PostException(
          PostException.Reason.TIMEOUT,
          host() + " does not answer within " + timeout.toMillis() + " ms",
          e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private PostException failure(Throwable e) {
    if (BoundedExchange.isFrom(e, BoundedBody.TooLongException.class)) {
      return new PostException(PostException.Reason.TOO_LARGE, String.valueOf(e.getMessage()), e);
    }
    if (BoundedExchange.isFrom(e, ConnectException.class)
        || BoundedExchange.isFrom(e, HttpConnectTimeoutException.class)) {
      return new PostException(PostException.Reason.UNREACHABLE, "nobody answers at " + host(), e);
    }
    return new PostException(
        PostException.Reason.CONNECTION, "the connection to " + host() + " failed: " + e, e);
  }

  /**
   * An answer.
   *
   * @param contentType as the server says, empty if it does not
   * @param body all of it
   */
  public record Answer(String contentType, Bytes body) {
    /**
     * Whether the server calls it that, parameters aside.
     *
     * @param type a media type
     * @return whether it is the same
     */
    public boolean isOf(String type) {
      int end = contentType.indexOf(';');
      String name = end < 0 ? contentType : contentType.substring(0, end);
      return name.strip().equalsIgnoreCase(type);
    }
  }
}
