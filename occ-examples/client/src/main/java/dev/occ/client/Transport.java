package dev.occ.client;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.http.BoundedBody;
import dev.occ.client.http.BoundedExchange;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Sends one request once, and knows whether a failed one can have had an effect. */
final class Transport {
  private final BoundedExchange exchange;
  private final URI base;
  private final Optional<ApiKey> key;
  private final Duration timeout;

  Transport(OccClient.Builder builder, URI base) {
    this.base = base;
    this.key = builder.apiKey();
    this.timeout = builder.requestTimeout();
    HttpClient.Builder client = BoundedExchange.client(builder.connectTimeout());
    builder.sslContext().ifPresent(client::sslContext);
    exchange = new BoundedExchange(client.build(), timeout, builder.maxResponseBytes());
  }

  Answer send(HttpCall call) throws OccClientException {
    try {
      HttpResponse<byte[]> response = exchange.send(request(call));
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Reason.INTERRUPTED, "the thread was interrupted", e, call.hasEffect());
    } catch (TimeoutException e) {
      String text = "no answer within " + timeout.toMillis() + " ms";
      throw failure(Reason.TIMEOUT, text, e, call.hasEffect());
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), call);
    }
  }

  private HttpRequest request(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call.path())).header("Accept", "application/json");
    if (call.withKey()) {
      key.ifPresent(k -> k.addTo(request));
    }
    return call.body().isEmpty()
        ? request.GET().build()
        : request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(call.body().get()))
            .build();
  }

  private static OccClientException failure(Throwable e, HttpCall call) {
    if (BoundedExchange.isFrom(e, BoundedBody.TooLongException.class)) {
      String text = String.valueOf(e.getMessage());
      return failure(Reason.RESPONSE_TOO_LARGE, text, e, call.hasEffect());
    }
    if (BoundedExchange.isFrom(e, ConnectException.class)
        || BoundedExchange.isFrom(e, HttpConnectTimeoutException.class)) {
      return failure(Reason.UNREACHABLE, "nobody answers at the server's address", e, false);
    }
    if (BoundedExchange.isFrom(e, SSLHandshakeException.class)) {
      return failure(Reason.TLS, "no secure connection: " + e.getMessage(), e, false);
    }
    if (BoundedExchange.isFrom(e, HttpTimeoutException.class)) {
      return failure(Reason.TIMEOUT, "no answer in time", e, call.hasEffect());
    }
    if (e instanceof Error) {
      throw new IllegalStateException("the HTTP client failed", e);
    }
    // Not only IOException: a Content-Length that is no number comes as a NumberFormatException.
    String text = "the connection was lost: " + e.getMessage();
    return failure(Reason.CONNECTION_LOST, text, e, call.hasEffect());
  }

  private static OccClientException failure(
      Reason reason, String message, Throwable cause, boolean mayHaveTakenEffect) {
    return OccClientException.because(reason, message)
        .cause(cause)
        .mayHaveTakenEffect(mayHaveTakenEffect)
        .build();
  }
}
