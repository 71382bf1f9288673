package dev.occ.server;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Where a browser says that a request comes from (RFC 6454, section 7). */
final class Origins {
  private static final List<String> SCHEMES = List.of("http://", "https://");

  private Origins() {}

  /** Whether no other origin is named than the server's own; other programs name none. */
  static boolean isSame(HttpFields headers) {
    List<String> origins = headers.getValuesList(HttpHeader.ORIGIN);
    String host = String.valueOf(headers.get(HttpHeader.HOST)).toLowerCase(Locale.ROOT);
    return origins.isEmpty()
        || (origins.size() == 1
            && SCHEMES.stream()
                .anyMatch(scheme -> origins.get(0).toLowerCase(Locale.ROOT).equals(scheme + host)));
  }
}
