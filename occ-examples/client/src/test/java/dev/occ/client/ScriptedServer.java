package dev.occ.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server of HTTP/1.1 on bare sockets, which can also break every rule: cut an answer, or never
 * finish it. One request a connection.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What came. Header names in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  /** How an answer ends. */
  public enum End {
    /** As HTTP wants it. */
    CLEAN,
    /** The connection is closed in the middle of the body. */
    CUT,
    /** The rest of the body never comes. */
    STALL
  }

  /** What goes back. */
  public record Reply(int status, Map<String, String> headers, String body, End end) {
    /** A clean JSON answer. */
    public static Reply json(int status, String body) {
      return new Reply(status, Map.of(), body, End.CLEAN);
    }

    /** The same with a header more. */
    public Reply with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, end);
    }

    /** The same with another end. */
    public Reply ending(End other) {
      return new Reply(status, headers, body, other);
    }
  }

  /** The script. */
  public interface Script {
    /** Answers one request. */
    Reply answer(Request request) throws Exception;
  }

  private static final String LENGTH = "Content-Length";

  private final ServerSocket socket;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch acceptsNoMore = new CountDownLatch(1);

  private ScriptedServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
  }

  /** Starts on a free port of the loopback address. */
  public static ScriptedServer start(Script script) throws IOException {
    ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    ScriptedServer server = new ScriptedServer(socket, script);
    server.threads.execute(server::accept);
    return server;
  }

  /** Where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** What came so far. */
  public List<Request> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      }
    } catch (SocketException e) {
      closed.countDown(); // closed by the test
    } catch (IOException e) {
      failures.add(e);
    } finally {
      acceptsNoMore.countDown();
    }
  }

  private void serve(Socket client) {
    try (client) {
      Request request = read(new BufferedInputStream(client.getInputStream()));
      requests.add(request);
      Reply reply = script.answer(request);
      write(client.getOutputStream(), reply);
      if (reply.end() == End.STALL) {
        closed.await();
      }
    } catch (SocketException e) {
      // The client went away, which is what some tests want.
      failures.remove(e);
    } catch (Exception | AssertionError e) {
      failures.add(e);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    if (start.length < 3) {
      throw new SocketException("not HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new SocketException("not HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new SocketException("ended early");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void write(OutputStream out, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Text\r\n");
    if (!reply.headers().containsKey(LENGTH)) {
      head.append(LENGTH).append(": ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.write(body, 0, reply.end() == End.CLEAN ? body.length : body.length / 2);
    out.flush();
  }

  /** Stops; what the script failed with makes the test fail. */
  @Override
  public void close() throws IOException {
    socket.close();
    awaitLastAccept();
    closed.countDown();
    threads.shutdownNow();
    for (Throwable failure : failures) {
      throw new AssertionError("the scripted server failed", failure);
    }
  }

  /** Until the thread that accepts has left the socket, the system still lets clients connect. */
  private void awaitLastAccept() {
    try {
      if (!acceptsNoMore.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the scripted server still accepts");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
