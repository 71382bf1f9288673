package dev.occ.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Jetty's own refusals, in the form of all others: bad requests, too large headers, a stop. */
final class ErrorAnswers implements Request.Handler {
  ErrorAnswers() {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (ClientGoneException.CODE.equals(request.getAttribute(AccessLog.CODE))) {
      response.setStatus(ClientGoneException.STATUS); // Jetty has made it 500
      response.write(true, null, callback);
      return true;
    }
    ApiError error = errorOf(response.getStatus());
    request.setAttribute(AccessLog.CODE, error.code());
    ApiException answer = new ApiException(error, textOf(error));
    Headers.common(response.getHeaders(), RequestIds.of(request));
    Headers.api(response.getHeaders(), true);
    if (error == ApiError.STOPPING) {
      Headers.retryAfter(response.getHeaders(), Duration.ofSeconds(5));
    }
    response.setStatus(error.status());
    byte[] body = answer.toBytes();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Headers.JSON);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static ApiError errorOf(int status) {
    return switch (status) {
      case HttpStatus.NOT_FOUND_404 -> ApiError.NOT_FOUND;
      case HttpStatus.METHOD_NOT_ALLOWED_405 -> ApiError.METHOD_NOT_ALLOWED;
      case HttpStatus.REQUEST_TIMEOUT_408 -> ApiError.REQUEST_TIMEOUT;
      case HttpStatus.PAYLOAD_TOO_LARGE_413 -> ApiError.BODY_TOO_LARGE;
      case HttpStatus.URI_TOO_LONG_414 -> ApiError.URI_TOO_LONG;
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> ApiError.HEADERS_TOO_LARGE;
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> ApiError.STOPPING;
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> ApiError.HTTP_VERSION;
      default -> HttpStatus.isClientError(status) ? ApiError.BAD_REQUEST : ApiError.INTERNAL;
    };
  }

  private static String textOf(ApiError error) {
    return switch (error) {
      case NOT_FOUND -> "there is no such call";
      case METHOD_NOT_ALLOWED -> "the method is not allowed; see Allow";
      case STOPPING -> "the server is stopping";
      case URI_TOO_LONG -> "the request line is too long";
      case HEADERS_TOO_LARGE -> "the request header is too large";
      case HTTP_VERSION -> "this server supports HTTP/1.0 and HTTP/1.1";
      case REQUEST_TIMEOUT -> "timeout while reading the request";
      case INTERNAL -> "internal error; see the server's log";
      default -> "the request is not valid HTTP/1.1 (RFC 9112)";
    };
  }
}
