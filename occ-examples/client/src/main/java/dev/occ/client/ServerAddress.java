package dev.occ.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Which addresses a client talks to. */
final class ServerAddress {
  private ServerAddress() {}

  /**
   * The address without a slash at its end.
   *
   * @throws IllegalArgumentException if it is no address of a server, or one that would carry the
   *     API key in clear over a network
   */
  static URI checked(URI url, boolean allowPlainHttp) {
    String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("a server's address starts with https:// or http://");
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      throw new IllegalArgumentException("a server's address names a host");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a server's address has no user, query or fragment"); // nor repeats what may be a secret
    }
    if (scheme.equals("http") && !allowPlainHttp && !isLoopback(url.getHost())) {
      throw new IllegalArgumentException(
          "plain http to "
              + url.getHost()
              + " would show the API key and all digests to the"
              + " network; use https, or allow plain http");
    }
    String text = url.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text);
  }

  /** By its spelling alone: a name could resolve to anything later. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
