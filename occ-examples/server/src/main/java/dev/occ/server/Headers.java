package dev.occ.server;

import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Headers of answers. */
final class Headers {
  static final String JSON = "application/json";

  private Headers() {}

  /** What every answer carries, the page's too. */
  static void common(HttpFields.Mutable headers, String requestId) {
    headers.put(RequestIds.HEADER, requestId);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
  }

  /**
   * What every answer of the API carries.
   *
   * @param forAnyOrigin whether pages of any origin may read it: where a caller is who shows a key,
   *     and never who has a cookie, they may
   */
  static void api(HttpFields.Mutable headers, boolean forAnyOrigin) {
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (forAnyOrigin) {
      headers.put("Access-Control-Allow-Origin", "*");
      headers.put("Access-Control-Expose-Headers", RequestIds.HEADER + ", Retry-After");
    }
  }

  /** Whole seconds, rounded up: at least one. */
  static void retryAfter(HttpFields.Mutable headers, Duration time) {
    headers.put(
        HttpHeader.RETRY_AFTER, Long.toString(Math.max(1, time.plusMillis(999).toSeconds())));
  }
}
