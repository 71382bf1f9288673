package dev.occ.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** What is left of a bridge whose enclave is away: it takes each request and answers none. */
final class HollowBridge implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicInteger requests = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "hollow-bridge");

  HollowBridge(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    thread.start();
  }

  /** How many it has taken. */
  int requests() {
    return requests.get();
  }

  private void run() {
    while (true) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        int b = in.read();
        while (b >= 0 && b != '}') {
          b = in.read();
        }
        requests.incrementAndGet();
      } catch (SocketException e) {
        return; // the test is over
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while the bridge ends", e);
    }
  }
}
