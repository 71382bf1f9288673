package dev.occ.server;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Which hosts a request may name. A page can give its own name the address of this server (DNS
 * rebinding), and is then of one origin with it to the browser; what the page cannot change is the
 * name in {@code Host}. Immutable.
 */
final class HostRule {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean active;
  private final Set<String> names = new HashSet<>(LOOPBACK);

  private HostRule(boolean active, List<String> names) {
    this.active = active;
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Active where no key is asked for, and where the operator gives names. */
  static HostRule of(ParentServer.Builder builder) {
    List<String> names = builder.hosts();
    return new HostRule(builder.keys().isOpen() || !names.isEmpty(), names);
  }

  /**
   * Whether a request names one of the hosts, or the address that it has reached: an address in
   * place of a name cannot be given to another server. Ports are of no interest.
   */
  boolean allows(Request request) {
    List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
    if (!active || hosts.isEmpty()) { // HTTP/1.0, which no browser speaks
      return true;
    }
    Optional<String> host = hosts.size() == 1 ? name(hosts.get(0)) : Optional.empty();
    return host.isPresent() && (names.contains(host.get()) || isReached(request, host.get()));
  }

  private static Optional<String> name(String header) {
    try {
      return Optional.of(HostPort.normalizeHost(new HostPort(header).getHost()))
          .map(host -> host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isReached(Request request, String host) {
    return request.getConnectionMetaData().getLocalSocketAddress()
            instanceof InetSocketAddress local
        && HostPort.normalizeHost(local.getAddress().getHostAddress()).equals(host);
  }
}
