package dev.occ.soak;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the parent's {@code /metrics} says, asked on a connection of its own each time. */
record Scrape(List<String> lines) {
  private static final int PATIENCE_MS = 30_000;

  static Scrape of(InetSocketAddress management) throws IOException {
    try (Socket socket = new Socket()) {
      connect(socket, management);
      socket.setSoTimeout(PATIENCE_MS);
      String request = "GET /metrics HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new Scrape(new String(answer, StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static void connect(Socket socket, InetSocketAddress management) throws IOException {
    try {
      socket.connect(management, PATIENCE_MS);
    } catch (ConnectException e) {
      throw new IOException("nobody listens at " + management, e);
    }
  }

  /** The sum of all series whose line begins so. */
  double sum(String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** How many requests are under way or wait; not negative if the parent is right. */
  double inFlight() {
    return lines.stream()
        .filter(line -> line.contains("_requests_in_flight ") && !line.startsWith("#"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Bytes of request bodies that are held. */
  double bodyBytes() {
    return lines.stream()
        .filter(line -> line.contains("_body_bytes ") && !line.startsWith("#"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
