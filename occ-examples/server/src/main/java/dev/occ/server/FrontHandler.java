package dev.occ.server;

import dev.occ.server.ConnectionWatch.Phase;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What holds for every request: its id, the headers of every answer, the watch over its pace. */
final class FrontHandler extends Handler.Wrapper {
  private final ConnectionWatch watch;

  FrontHandler(ConnectionWatch watch, Handler next) {
    super(next);
    this.watch = watch;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Headers.common(response.getHeaders(), RequestIds.of(request));
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    watch.enter(endPoint, Phase.WORK);
    // An idle time that ends while nobody waits for input or output is no failure. Jetty would take
    // it for one and read the body itself, beside the thread that reads it just then.
    request.addIdleTimeoutListener(unused -> false);
    Request.addCompletionListener(request, unused -> watch.enter(endPoint, Phase.IDLE));
    return super.handle(request, response, callback);
  }
}
