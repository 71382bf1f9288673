package dev.occ.server;

import dev.occ.server.PageFiles.PageFile;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The page at {@code /}: a few files, which may load nothing from elsewhere. */
final class PageHandler extends Handler.Abstract.NonBlocking {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  private final Map<String, PageFile> files;

  PageHandler(Map<String, PageFile> files) {
    this.files = files;
  }

  /** False for what is none of the page's files: then it is the API's to answer. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    PageFile file = files.get(Paths.raw(request));
    if (file == null) {
      return false;
    }
    request.setAttribute(AccessLog.CALL, "page");
    HttpFields.Mutable headers = response.getHeaders();
    switch (request.getMethod()) {
      case "GET", "HEAD" -> send(file, request, response, callback);
      case "OPTIONS" -> {
        headers.put(HttpHeader.ALLOW, ALLOWED);
        response.setStatus(HttpStatus.NO_CONTENT_204);
        callback.succeeded();
      }
      default -> {
        headers.put(HttpHeader.ALLOW, ALLOWED);
        Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      }
    }
    return true;
  }

  private static void send(PageFile file, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("X-Frame-Options", "DENY");
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.ETAG, file.etag());
    if (request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).contains(file.etag())) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      callback.succeeded();
      return;
    }
    headers.put(HttpHeader.CONTENT_TYPE, file.contentType());
    headers.put(HttpHeader.CONTENT_LENGTH, file.content().size());
    response.write(true, ByteBuffer.wrap(file.content().toByteArray()), callback);
  }
}
