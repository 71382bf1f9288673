package dev.occ.server;

import dev.occ.server.ConnectionWatch.Phase;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request that is to be answered once, and how that is done. For one thread at a time. */
final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final ConnectionWatch watch;
  private final LongSupplier nanoClock;
  private final Presence client;
  private boolean bodyRead;

  Exchange(
      Request request,
      Response response,
      Callback callback,
      ConnectionWatch watch,
      LongSupplier nanoClock) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.watch = watch;
    this.nanoClock = nanoClock;
    this.client = new Presence(request, response);
    boolean sized = request.getLength() >= 0;
    boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    this.bodyRead = sized ? request.getLength() == 0 : !chunked;
  }

  Request request() {
    return request;
  }

  /** The connection is at something else now. */
  void enter(Phase phase) {
    watch.enter(endPoint(), phase);
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** The body was read to its end: the connection may stay open. */
  void bodyRead() {
    bodyRead = true;
  }

  /** Whether the client says that no body follows. */
  boolean hasNoBody() {
    return bodyRead;
  }

  void refuse(ApiException e) {
    request.setAttribute(AccessLog.CODE, e.code());
    send(Answer.of(e));
  }

  void send(Answer answer) {
    answer.retryAfter().ifPresent(time -> Headers.retryAfter(response.getHeaders(), time));
    send(answer.status(), Headers.JSON, answer.body());
  }

  /** An answer without body. */
  void sendEmpty(int status) {
    response.setStatus(status);
    write(null);
  }

  void send(int status, String contentType, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    write(ByteBuffer.wrap(body));
  }

  private void write(@Nullable ByteBuffer body) {
    if (!bodyRead) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    enter(Phase.ANSWER);
    Callback then = Callback.from(this::written, callback::failed);
    client.afterProbe(() -> response.write(true, body, then));
  }

  private void written() {
    if (bodyRead) {
      callback.succeeded();
    } else {
      new Drain(request, nanoClock, callback::succeeded).run();
    }
  }

  /** Whether the client is still there. Only once the body was read, and before the answer. */
  Presence client() {
    return client;
  }

  /** Nobody is there any more. */
  void abort(Throwable failure) {
    request.setAttribute(AccessLog.CODE, ClientGoneException.CODE);
    response.setStatus(ClientGoneException.STATUS); // kept if 102 was sent; else by ErrorAnswers
    callback.failed(failure);
  }

  Response response() {
    return response;
  }
}
