package dev.occ.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /metrics}, on the management port; everything else there is 404. */
final class MetricsHandler extends Handler.Abstract {
  private final ParentMetrics metrics;
  private final EnclaveState state;

  MetricsHandler(ParentMetrics metrics, EnclaveState state) {
    this.metrics = metrics;
    this.state = state;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    if (!Paths.raw(request).equals("/metrics")) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return true;
    }
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    byte[] text = metrics.scrape(state);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ParentMetrics.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }
}
