package dev.occ.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, set up: two servers, one for the API and one for the management port. */
final class HttpFront {
  private static final int HEADER_BYTES = 16 * 1024;
  private static final int MAX_THREADS = 16;
  private static final int MANAGEMENT_CONNECTIONS = 16;

  /** Spellings that others might read as another path: here they are just not found. */
  private static final UriCompliance ANY_PATH =
      UriCompliance.RFC3986.with(
          "any path",
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

  private final Server api;
  private final Server management;

  HttpFront(
      ParentServer.Builder builder, Handler calls, MetricsHandler metrics, ConnectionWatch watch) {
    ParentLimits limits = builder.limits();
    api =
        server(
            "occ-parent-http",
            builder.listen(),
            limits,
            watch,
            new GracefulHandler(new FrontHandler(watch, calls)));
    api.setStopTimeout(limits.stopTimeout().toMillis());
    api.setRequestLog(new AccessLog());
    api.addBean(new NetworkConnectionLimit(limits.maxConnections(), api));
    management =
        server(
            "occ-parent-management",
            builder.management(),
            limits,
            watch,
            new FrontHandler(watch, metrics));
    management.addBean(new NetworkConnectionLimit(MANAGEMENT_CONNECTIONS, management));
  }

  private static Server server(
      String name,
      InetSocketAddress address,
      ParentLimits limits,
      ConnectionWatch watch,
      Handler handler) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName(name);
    Server server = new Server(threads);
    server.addConnector(connector(server, address, limits, watch));
    server.setHandler(handler);
    server.setErrorHandler(new ErrorAnswers());
    return server;
  }

  static ServerConnector connector(
      Server server, InetSocketAddress address, ParentLimits limits, ConnectionWatch watch) {
    ServerConnector connector =
        new ServerConnector(
            server, null, null, unshared(), 1, 1, new HttpConnectionFactory(configuration())) {
          @Override
          protected PeekingEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            PeekingEndPoint endPoint =
                new PeekingEndPoint(channel, selector, key, getScheduler(), getExecutor());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.addBean(watch);
    return connector;
  }

  /**
   * Buffers that are used once. In Jetty 12.1.14 ({@code HttpConnection.RequestHandler.badMessage})
   * the thread that meets a request that is not HTTP hands the refusal to a second one, and reads
   * on; after the answer {@code HttpStreamOverHTTP1.resume} has a third run {@code onFillable} on
   * the same connection. Both use its request buffer without a lock: one may fill, clear or release
   * it after the other has released it. From a pool another connection has it by then, and one
   * client's bytes come up in another's request. 12.1.13 and 12.0.39 do the same.
   */
  private static ByteBufferPool unshared() {
    return new ByteBufferPool.NonPooling();
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(HEADER_BYTES);
    // Direct memory is for buffers that live long.
    configuration.setUseInputDirectByteBuffers(false);
    configuration.setUseOutputDirectByteBuffers(false);
    configuration.setHttpCompliance(HttpCompliance.RFC9110);
    configuration.setUriCompliance(ANY_PATH);
    return configuration;
  }

  void start() throws IOException {
    start(api);
    start(management);
  }

  private static void start(Server server) throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // what Jetty's lifecycle declares
      throw new IOException("the HTTP server did not start: " + e.getMessage(), e);
    }
  }

  void stop() throws IOException {
    try {
      api.stop();
    } catch (Exception e) { // what Jetty's lifecycle declares
      throw new IOException("the HTTP server did not stop cleanly: " + e.getMessage(), e);
    } finally {
      stopManagement();
    }
  }

  private void stopManagement() throws IOException {
    try {
      management.stop();
    } catch (Exception e) { // what Jetty's lifecycle declares
      throw new IOException("the management server did not stop: " + e.getMessage(), e);
    }
  }

  InetSocketAddress address() {
    return bound(api);
  }

  InetSocketAddress managementAddress() {
    return bound(management);
  }

  private static InetSocketAddress bound(Server server) {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }
}
