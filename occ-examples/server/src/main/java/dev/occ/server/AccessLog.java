package dev.occ.server;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a request: who asked for which call, and what came of it. Never a key, a digest, a body
 * or a path that is none of ours, which may hold one of them.
 */
final class AccessLog implements RequestLog {
  /** The request's call, set once it is known. */
  static final String CALL = "dev.occ.call";

  /** The label of the caller's key, set once it is known. */
  static final String CALLER = "dev.occ.caller";

  /** The address of the client behind a trusted proxy, set once it is known. */
  static final String CLIENT = "dev.occ.client";

  /** The code of an error answer. */
  static final String CODE = "dev.occ.code";

  private static final Logger LOG = LoggerFactory.getLogger("dev.occ.access");
  private static final String UNKNOWN = "-";

  @Override
  public void log(Request request, Response response) {
    LOG.info(
        "{} {} {} {} {} {} B {} ms {} {}",
        RequestIds.of(request),
        client(request),
        method(request),
        attribute(request, CALL),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()),
        attribute(request, CALLER),
        attribute(request, CODE));
  }

  /** The client that a trusted proxy names, or whoever is connected. */
  private static String client(Request request) {
    return request.getAttribute(CLIENT) instanceof String address
        ? address
        : Request.getRemoteAddr(request);
  }

  /** A method is any token that the client likes. */
  private static String method(Request request) {
    return switch (String.valueOf(request.getMethod())) {
      case "GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH" -> request.getMethod();
      default -> UNKNOWN;
    };
  }

  private static String attribute(Request request, String name) {
    return request.getAttribute(name) instanceof String text ? text : UNKNOWN;
  }
}
