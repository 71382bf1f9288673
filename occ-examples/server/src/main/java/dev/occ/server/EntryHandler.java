package dev.occ.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a request must satisfy before page and calls see it: its proxies, and the host it names. */
final class EntryHandler extends Handler.Wrapper {
  private final HostRule hosts;
  private final ForwardedFor proxies;
  private final Services services;
  private final ConnectionWatch watch;

  EntryHandler(
      HostRule hosts,
      ForwardedFor proxies,
      Handler next,
      Services services,
      ConnectionWatch watch) {
    super(next);
    this.hosts = hosts;
    this.proxies = proxies;
    this.services = services;
    this.watch = watch;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    try {
      request.setAttribute(AccessLog.CLIENT, proxies.client(request));
      if (!hosts.allows(request)) {
        throw new ApiException(
            ApiError.HOST_NOT_ALLOWED, "this server does not serve the host that Host names");
      }
    } catch (ApiException e) {
      Headers.api(response.getHeaders(), false);
      new Exchange(request, response, callback, watch, services.nanoClock()).refuse(e);
      return true;
    }
    return super.handle(request, response, callback);
  }
}
