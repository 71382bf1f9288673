package dev.occ.bench;

import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * What a commit over HTTP costs at least: a server that reads the body, signs two messages of the
 * size that a proof's have, and answers as many bytes as a proof has. No key, no log, no limits.
 */
final class SignTwice implements AutoCloseable {
  private static final int MESSAGE_LENGTH = 400;
  private static final int ANSWER_LENGTH = 1000;

  private final SoftSigner signer = SoftSigner.open();
  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  /** Starts on a free port. */
  static SignTwice start() throws IOException {
    SignTwice started = new SignTwice();
    started.server.setHandler(started.new Signing());
    try {
      started.server.start();
    } catch (Exception e) { // what Jetty's lifecycle declares
      throw new IOException("the HTTP server did not start", e);
    }
    return started;
  }

  /** Where it is. */
  String url() {
    return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + "/";
  }

  /** Waits until somebody ends the process. */
  void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) { // what Jetty's lifecycle declares
      throw new IOException("the HTTP server did not stop", e);
    } finally {
      signer.close();
    }
  }

  /** The handler; each call blocks one of Jetty's threads. */
  private final class Signing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      ByteBuffer body = Content.Source.asByteBuffer(request);
      byte[] message = ByteBuffer.allocate(MESSAGE_LENGTH).put(body).array();
      byte[] slot = signer.sign(message);
      byte[] commit = signer.sign(message);
      ByteBuffer answer = ByteBuffer.allocate(ANSWER_LENGTH);
      answer.put(Base64.getEncoder().encode(slot)).put(Base64.getEncoder().encode(commit));
      while (answer.hasRemaining()) {
        answer.put((byte) ' ');
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, answer.flip(), callback);
      return true;
    }
  }
}
