package dev.occ.server;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** What a request is called in the answer's {@code X-Request-Id} and in the log. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = "dev.occ.requestId";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestIds() {}

  /** The request's id: the one it brings if that is harmless, else a new one, always the same. */
  static String of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id =
        Optional.ofNullable(request.getHeaders().get(HEADER))
            .filter(text -> SANE.matcher(text).matches())
            .orElseGet(RequestIds::fresh);
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  /** Tells requests apart; nothing depends on nobody guessing it. */
  private static String fresh() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
