package dev.occ.server;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Whether a body is said to be JSON in UTF-8, without encoding. */
final class MediaTypes {
  private static final String CHARSET = "charset=";

  private MediaTypes() {}

  static void requireJson(HttpFields headers) throws ApiException {
    if (headers.contains(HttpHeader.CONTENT_ENCODING)) {
      throw new ApiException(ApiError.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding is not supported");
    }
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    if (type == null
        || headers.getValuesList(HttpHeader.CONTENT_TYPE).size() > 1
        || !isJson(type)) {
      throw new ApiException(
          ApiError.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json in UTF-8");
    }
  }

  private static boolean isJson(String type) {
    String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals(Headers.JSON)) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith(CHARSET)
          && !parameter.substring(CHARSET.length()).replace("\"", "").equals("utf-8")) {
        return false;
      }
    }
    return true;
  }
}
