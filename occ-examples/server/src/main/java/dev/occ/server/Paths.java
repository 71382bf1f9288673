package dev.occ.server;

import org.eclipse.jetty.server.Request;

/** Paths as they stand in the request line. */
final class Paths {
  private Paths() {}

  /**
   * The path, without query, neither decoded nor normalized: {@code /verify;x}, {@code /%76erify}
   * and {@code /a/../verify} are other paths than {@code /verify}. Rules of a proxy in front are
   * written for one spelling, and every other one must lead nowhere.
   */
  static String raw(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }
}
