package dev.occ.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Answers to OPTIONS: what a path allows, and what a browser asks before it sends a request. */
final class Preflight {
  private static final String A_DAY = "86400";

  private Preflight() {}

  /**
   * @param forAnyOrigin whether pages of other origins may send the request that they ask about
   */
  static void answer(
      HttpFields request, HttpFields.Mutable answer, String allowed, boolean forAnyOrigin) {
    answer.put(HttpHeader.ALLOW, allowed);
    if (forAnyOrigin && request.contains("Access-Control-Request-Method")) {
      answer.put("Access-Control-Allow-Methods", allowed);
      answer.put(
          "Access-Control-Allow-Headers", "Authorization, Content-Type, " + RequestIds.HEADER);
      answer.put("Access-Control-Max-Age", A_DAY);
      answer.put(HttpHeader.VARY, "Access-Control-Request-Method, Access-Control-Request-Headers");
    }
  }
}
