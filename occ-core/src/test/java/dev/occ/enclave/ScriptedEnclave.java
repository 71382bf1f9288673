package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.occ.json.JsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An enclave that answers what a test says, one connection after the other. */
final class ScriptedEnclave implements AutoCloseable {
  /** Instead of an answer: closes the connection once the request was read. */
  static final String CLOSE = "close";

  private final ServerSocketChannel listener;
  private final Queue<String> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> connections = new CopyOnWriteArrayList<>();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "scripted-enclave");

  ScriptedEnclave(String... answers) throws IOException {
    this.answers = new ArrayDeque<>(List.of(answers));
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread.start();
  }

  EnclaveAddress address() throws IOException {
    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    return EnclaveAddress.parse("tcp:127.0.0.1:" + port);
  }

  /** The requests so far, whole. */
  List<String> requests() {
    return requests;
  }

  int connections() {
    return connections.size();
  }

  private void run() {
    try {
      while (true) {
        try (SocketChannel channel = listener.accept()) {
          connections.add(channel.toString());
          serve(channel);
        }
      }
    } catch (AsynchronousCloseException e) {
      return; // the test is over
    } catch (IOException | JsonException | RequestException e) {
      failures.add(e);
    }
  }

  private void serve(SocketChannel channel) throws IOException, JsonException, RequestException {
    ObjectBuffer buffer = new ObjectBuffer(1 << 20, new MemoryBudget(1 << 20));
    while (true) {
      Optional<byte[]> request = buffer.next();
      if (request.isPresent()) {
        requests.add(new String(request.get(), UTF_8));
        String answer = answers.remove();
        if (answer.equals(CLOSE)) {
          return;
        }
        Channels.writeAll(channel, answer.getBytes(UTF_8));
      } else if (buffer.fill(channel) < 0) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while the script ends", e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("the script failed", failures.get(0));
    }
  }
}
