package dev.occ.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * Which client a request behind proxies comes from. Each proxy adds to {@code X-Forwarded-For} whom
 * it is connected with, and whoever comes before it may have written anything: the list is read
 * from its end, and only as far as trusted proxies vouch for it. Immutable.
 */
final class ForwardedFor {
  private static final String HEADER = "X-Forwarded-For";

  /** An address with a port, as some balancers write it. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]+)\\](?::\\d+)?|([^:]+):\\d+");

  private final List<Cidr> trusted;

  ForwardedFor(List<Cidr> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * The right-most address that is no trusted proxy's, or the left-most of all.
   *
   * @throws ApiException with BAD_FORWARDED_FOR if a trusted proxy names something else
   */
  String client(Request request) throws ApiException {
    String peer = Request.getRemoteAddr(request);
    if (trusted.isEmpty() || !isTrusted(peerAddress(request))) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    for (String value : request.getHeaders().getValuesList(HEADER)) {
      Collections.addAll(hops, value.split(",", -1));
    }
    Collections.reverse(hops);
    String client = peer;
    for (String hop : hops) {
      InetAddress address = address(hop.strip()).orElseThrow(ForwardedFor::garbage);
      client = address.getHostAddress();
      if (!isTrusted(Optional.of(address))) {
        break;
      }
    }
    return client;
  }

  private static Optional<InetAddress> peerAddress(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        ? Optional.of(peer.getAddress())
        : Optional.empty();
  }

  private boolean isTrusted(Optional<InetAddress> address) {
    return address.isPresent() && trusted.stream().anyMatch(net -> net.contains(address.get()));
  }

  private static Optional<InetAddress> address(String hop) {
    Optional<InetAddress> plain = Cidr.address(hop);
    Matcher withPort = WITH_PORT.matcher(hop);
    if (plain.isPresent() || !withPort.matches()) {
      return plain;
    }
    return Cidr.address(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
  }

  private static ApiException garbage() {
    return new ApiException(
        ApiError.BAD_FORWARDED_FOR, "a trusted proxy's X-Forwarded-For names no IP address");
  }
}
