package dev.occ.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** HTTP around {@link Api}: paths, methods, the key, bodies, error answers and faults. */
@SuppressForbidden(
    "jdk.httpserver is an exported, documented module of the JDK; tests need no other server")
final class Exchanges implements HttpHandler, AutoCloseable {
  private static final int MAX_BODY = 1024 * 1024;

  private final Api api;
  private final String authorization;
  private final Queue<Fault> faults;
  private final AtomicInteger commits;
  private final CountDownLatch closed = new CountDownLatch(1);

  Exchanges(Api api, String apiKey, Queue<Fault> faults, AtomicInteger commits) {
    this.api = api;
    this.authorization = "Bearer " + apiKey;
    this.faults = faults;
    this.commits = commits;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      serve(exchange);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getRawPath();
      if (path.equals("/commit")) {
        commit(exchange);
      } else {
        send(exchange, reply(exchange, path));
      }
    } catch (ApiProblem e) {
      send(exchange, error(e.status(), e.code(), e.text()));
    } catch (JsonException e) {
      send(exchange, error(400, e.reason().code(), String.valueOf(e.getMessage())));
    }
  }

  private Api.Reply reply(HttpExchange exchange, String path)
      throws ApiProblem, JsonException, IOException {
    return switch (path) {
      case "/health" -> {
        requireMethod(exchange, "GET");
        yield Api.health();
      }
      case "/key" -> {
        requireMethod(exchange, "GET");
        yield api.key();
      }
      case "/allocate-slot" -> {
        requireMethod(exchange, "POST");
        requireKey(exchange);
        yield api.allocateSlot(body(exchange, true));
      }
      case "/challenge" -> {
        requireMethod(exchange, "POST");
        requireKey(exchange);
        yield api.challenge(body(exchange, true));
      }
      case "/verify" -> {
        requireMethod(exchange, "POST");
        yield Api.verify(body(exchange, false));
      }
      default -> throw new ApiProblem(404, "not-found", "there is no such call");
    };
  }

  private void commit(HttpExchange exchange) throws ApiProblem, JsonException, IOException {
    requireMethod(exchange, "POST");
    requireKey(exchange);
    int unused = commits.incrementAndGet();
    JsonView body = body(exchange, false);
    Fault fault = faults.poll();
    if (fault == null) {
      send(exchange, api.commit(body));
      return;
    }
    Api.Reply reply = api.commit(body, fault);
    switch (fault.kind()) {
      case HANG -> hang();
      case CUT -> cut(exchange, reply);
      case STATUS, UNAVAILABLE, RESTART -> send(exchange, reply);
    }
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The whole length is announced, and half of the body is sent. */
  private static void cut(HttpExchange exchange, Api.Reply reply) throws IOException {
    byte[] body = reply.body().toBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), body.length);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  private static void requireMethod(HttpExchange exchange, String method) throws ApiProblem {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new ApiProblem(405, "method-not-allowed", "this call takes " + method);
    }
  }

  private void requireKey(HttpExchange exchange) throws ApiProblem {
    List<String> given = exchange.getRequestHeaders().get("Authorization");
    if (given == null || given.size() != 1 || !isKey(given.get(0))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new ApiProblem(401, "unauthorized", "the API key is missing or wrong");
    }
  }

  private boolean isKey(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonView body(HttpExchange exchange, boolean mayBeEmpty)
      throws ApiProblem, JsonException, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new ApiProblem(413, "body-too-large", "a body has at most " + MAX_BODY + " bytes");
    }
    if (body.length == 0 && mayBeEmpty) {
      return JsonView.of(JsonObject.empty());
    }
    requireJson(exchange.getRequestHeaders());
    return JsonView.of(JsonValue.read(body));
  }

  private static void requireJson(Headers headers) throws ApiProblem {
    @Nullable String type = headers.getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new ApiProblem(415, "unsupported-media-type", "the body must be application/json");
    }
  }

  private static Api.Reply error(int status, String code, String text) {
    return new Api.Reply(status, JsonObject.builder().put("error", text).put("code", code).build());
  }

  private static void send(HttpExchange exchange, Api.Reply reply) throws IOException {
    byte[] body = reply.body().toBytes();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    if (reply.status() == 503) {
      headers.set("Retry-After", "0");
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
