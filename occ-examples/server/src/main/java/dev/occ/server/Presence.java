package dev.occ.server;

import dev.occ.server.PeekingEndPoint.Peer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Whether the client of a request is still there. TCP tells a peer that left no differently from
 * one that only has nothing more to send, and the latter must get its answer. So one that is
 * finished is sent an interim answer, 102, now and then, which HTTP/1.1 clients skip: where nobody
 * is, that comes back as an error. Not for HTTP/1.0, which has no interim answers. For one thread.
 */
final class Presence {
  private static final int ALWAYS_TO = 4;

  private final Request request;
  private final Response response;
  private CompletableFuture<?> probe = CompletableFuture.completedFuture(true);
  private int looks;

  Presence(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  /** Whether nobody is there any more to be answered. Does not wait. */
  boolean isGone() {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    Peer peer = endPoint instanceof PeekingEndPoint peeking ? peeking.peek() : Peer.PRESENT;
    return peer == Peer.GONE || (peer == Peer.FINISHED && !answersProbes());
  }

  /**
   * Does something once no interim answer is on its way any more: a connection writes one thing.
   */
  void afterProbe(Runnable action) {
    CompletableFuture<?> unused = probe.whenComplete((done, failure) -> action.run());
  }

  private boolean answersProbes() {
    boolean skipsInterim = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    if (skipsInterim && probe.isDone() && isTurn()) {
      probe = response.writeInterim(HttpStatus.PROCESSING_102, HttpFields.EMPTY);
    }
    return !probe.isCompletedExceptionally();
  }

  /** Ever more rarely, so that a batch's answer is not preceded by a thousand others. */
  private boolean isTurn() {
    looks++;
    return looks <= ALWAYS_TO || Integer.bitCount(looks) == 1;
  }
}
