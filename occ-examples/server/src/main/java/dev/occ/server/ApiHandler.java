package dev.occ.server;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The way that every request of the API takes, in this order: path (404), method (405), key (401),
 * place (503), type (415), length (413), body (408, 413), and then the call. Never blocks.
 */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  private static final String OPTIONS = "OPTIONS";

  private final Map<String, Route> routes;
  private final ApiKeys keys;
  private final Services services;
  private final ConnectionWatch watch;

  ApiHandler(Map<String, Route> routes, ApiKeys keys, Services services, ConnectionWatch watch) {
    this.routes = routes;
    this.keys = keys;
    this.services = services;
    this.watch = watch;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback, watch, services.nanoClock());
    Route route = routes.get(Paths.raw(request));
    Headers.api(response.getHeaders(), route == null || isForAnyOrigin(route));
    if (route == null) {
      exchange.refuse(new ApiException(ApiError.NOT_FOUND, "there is no such call"));
      return true;
    }
    request.setAttribute(AccessLog.CALL, route.path());
    Request.addCompletionListener(request, unused -> count(request, response, route));
    handle(exchange, route);
    return true;
  }

  /**
   * Without keys nothing but the origin tells a page that its user opened from one that uses the
   * user's browser to get here.
   */
  private boolean isForAnyOrigin(Route route) {
    return !keys.isOpen() || !route.changes();
  }

  private void count(Request request, Response response, Route route) {
    services
        .metrics()
        .answered(
            route.path(),
            response.getStatus(),
            services.nanoClock().getAsLong() - request.getBeginNanoTime());
  }

  private void handle(Exchange exchange, Route route) {
    HttpFields headers = exchange.request().getHeaders();
    HttpFields.Mutable answer = exchange.response().getHeaders();
    String method = exchange.request().getMethod();
    if (method.equals(OPTIONS)) {
      Preflight.answer(headers, answer, allowed(route), isForAnyOrigin(route));
      exchange.sendEmpty(HttpStatus.NO_CONTENT_204);
      return;
    }
    if (!method.equals(route.method()) && !(method.equals(HEAD) && route.method().equals(GET))) {
      answer.put(HttpHeader.ALLOW, allowed(route));
      refuse(exchange, route, ApiError.METHOD_NOT_ALLOWED, "the call accepts " + allowed(route));
      return;
    }
    Optional<Caller> caller = caller(route, headers);
    if (caller.isEmpty()) {
      answer.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      refuse(exchange, route, ApiError.UNAUTHORIZED, "a valid API key is required");
      return;
    }
    if (!isForAnyOrigin(route) && !Origins.isSame(headers)) {
      refuse(
          exchange,
          route,
          ApiError.ORIGIN_NOT_ALLOWED,
          "without API keys, pages of other origins may not use this call");
      return;
    }
    exchange.request().setAttribute(AccessLog.CALLER, caller.get().label());
    new Work(exchange, route, caller.get(), services).start();
  }

  private void refuse(Exchange exchange, Route route, ApiError error, String message) {
    services.metrics().failed(route.path(), error.code());
    exchange.refuse(new ApiException(error, message));
  }

  private Optional<Caller> caller(Route route, HttpFields headers) {
    if (!route.keyed()) {
      return Optional.of(Caller.ANYONE);
    }
    // Of two headers nobody knows which one a proxy in front has looked at.
    boolean one = headers.getValuesList(HttpHeader.AUTHORIZATION).size() == 1;
    return keys.identify(
        one ? Optional.ofNullable(headers.get(HttpHeader.AUTHORIZATION)) : Optional.empty());
  }

  private static String allowed(Route route) {
    return route.method().equals(GET) ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
  }
}
