package dev.occ.soak;

import dev.occ.proof.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What goes wrong, by accident or on purpose, at the parent's HTTP port. */
final class HostileHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration DRIP = Duration.ofMillis(400);
  private static final int STATUS_LINE = 12;

  private final InetSocketAddress api;
  private final Supplier<Bytes> digests;
  private final Gate gate;
  private final LoadTally tally;
  private final Ledger ledger;

  HostileHttp(
      InetSocketAddress api, Supplier<Bytes> digests, Gate gate, LoadTally tally, Ledger ledger) {
    this.api = api;
    this.digests = digests;
    this.gate = gate;
    this.tally = tally;
    this.ledger = ledger;
  }

  /** One use of a connection, which names what came of it. */
  private interface Abuse {
    String on(Wire wire) throws IOException, InterruptedException;
  }

  void addTo(Workers workers) {
    add(workers, "slow body", 200, this::slowBody);
    add(workers, "slow body 2", 200, this::slowBody);
    add(workers, "slow header", 200, this::slowHeader);
    add(workers, "half-closed", 100, this::halfClosed);
    add(workers, "garbage", 100, this::garbage);
    add(workers, "wrong request", 30, this::wrongRequest);
    add(workers, "aborted read", 1500, this::abortedRead);
    add(workers, "gone client", 1500, this::goneClient);
    add(workers, "cut-off batch", 500, this::cutOffBatch);
    add(workers, "slow reader", 1000, this::slowReader);
    add(workers, "pipeline", 500, this::pipeline);
  }

  private void add(Workers workers, String name, int paceMillis, Abuse abuse) {
    String who = name.replaceAll(" \\d$", "");
    workers.add(
        name.replace(' ', '-'),
        Duration.ofMillis(paceMillis),
        () -> {
          try (Wire wire = Wire.to(api)) {
            tally.count(who, abuse.on(wire));
          } catch (IOException e) {
            tally.count(who, "broken off"); // a reset is a proper answer to all this
          }
        });
  }

  private static String head(String request, int key, String length) {
    return request
        + " HTTP/1.1\r\nHost: soak\r\nAuthorization: Bearer "
        + Programs.KEYS.get(key)
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private byte[] commit(int number, String chain) {
    String body =
        IntStream.range(0, number)
            .mapToObj(
                unused ->
                    "{\"digestB64\":\"" + digests.get().toBase64() + "\",\"hashAlg\":\"sha256\"}")
            .collect(Collectors.joining(",", "{\"chainId\":\"" + chain + "\",\"digests\":[", "]}"));
    String request = head("POST /commit", 6, Integer.toString(body.length())) + body;
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  private String answer(Wire wire) throws IOException, InterruptedException {
    return wire.receive(STATUS_LINE, gate, PATIENCE).kind();
  }

  private String slowBody(Wire wire) throws IOException, InterruptedException {
    int unused = wire.send(head("POST /commit", 7, "1000") + "{");
    return drip(wire, " ", "408");
  }

  private String slowHeader(Wire wire) throws IOException, InterruptedException {
    int unused = wire.send("GET /health HTTP/1.1\r\nHost: soak\r\nX-Slow: ");
    return drip(wire, "a", "closed");
  }

  private String drip(Wire wire, String drop, String expected)
      throws IOException, InterruptedException {
    while (gate.spend(DRIP)) {
      Wire.Received received = wire.receive(1, gate, Duration.ofMillis(1));
      if (received.ended() || !received.text().isEmpty()) {
        expect(expected, received.kind());
        return received.kind();
      }
      int unused = wire.send(drop);
    }
    return "given up";
  }

  private void expect(String expected, String kind) {
    // A busy server says so whatever else is wrong.
    if (!kind.equals(expected) && !kind.equals("503")) {
      tally.fail("expected " + expected + ", got " + kind);
    }
  }

  private String halfClosed(Wire wire) throws IOException, InterruptedException {
    boolean whole = ThreadLocalRandom.current().nextBoolean();
    int unused =
        wire.send(
            whole
                ? "GET /health HTTP/1.1\r\nHost: soak\r\n\r\n"
                : head("POST /commit", 7, "1000") + "{\"digests\":");
    wire.shutdownOutput();
    return answer(wire);
  }

  private String garbage(Wire wire) throws IOException, InterruptedException {
    byte[] bytes = new byte[1 + ThreadLocalRandom.current().nextInt(20_000)];
    ThreadLocalRandom.current().nextBytes(bytes);
    if (ThreadLocalRandom.current().nextBoolean()) {
      int unused = wire.send("\u0016\u0003\u0001\u0002\u0000\u0001"); // how TLS begins
    }
    int unused = wire.send(bytes);
    wire.shutdownOutput();
    return answer(wire);
  }

  private record Wrong(String request, Set<String> answers) {}

  private String wrongRequest(Wire wire) throws IOException, InterruptedException {
    String large = "[\"" + "a".repeat(2 * 1024 * 1024) + "\"]";
    List<Wrong> all =
        List.of(
            wrong(post("/commit", 6, "{\"digests\":[{"), "400"),
            wrong(post("/commit", 6, "[".repeat(5000)), "400"),
            wrong(post("/commit", 6, "{\"digests\":[]}"), "400"),
            wrong(post("/verify", 6, "{\"proof\":{\"version\":\"occ/1\"}}"), "200", "400"),
            wrong(post("/verify", 6, "\u00ff\u00fe"), "400"),
            wrong(post("/commit", 6, large), "413"),
            wrong(post("/commit", 6, "{}").replace("caller-6", "caller-x"), "401"),
            wrong(post("/nothing", 6, "{}"), "404"),
            wrong(post("/commit", 6, "{}").replace("POST", "PUT"), "405"),
            wrong(post("/commit", 6, "{}").replace("application/json", "text/plain"), "415"),
            wrong("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: soak\r\n\r\n", "414", "431"),
            wrong("GET /health HTTP/9.9\r\nHost: soak\r\n\r\n", "505", "400"),
            wrong("GET /health HTTP/1.1\r\n\r\n", "400"));
    Wrong wrong = all.get(ThreadLocalRandom.current().nextInt(all.size()));
    boolean unused = wire.sendAll(wrong.request().getBytes(StandardCharsets.ISO_8859_1), PATIENCE);
    String kind = answer(wire);
    if (!wrong.answers().contains(kind) && !Set.of("503", "no answer").contains(kind)) {
      tally.fail("a wrong request got " + kind + " instead of " + wrong.answers());
    }
    return kind;
  }

  private static Wrong wrong(String request, String... answers) {
    return new Wrong(request, Set.of(answers));
  }

  private static String post(String path, int key, String body) {
    return head("POST " + path, key, Integer.toString(body.length())) + body;
  }

  private String abortedRead(Wire wire) throws IOException, InterruptedException {
    sendCut(wire, 60);
    String kind = answer(wire);
    wire.reset();
    return kind;
  }

  private String goneClient(Wire wire) throws IOException {
    sendCut(wire, 20);
    wire.reset();
    return "gone";
  }

  /** A chain on which requests are cut off; others commit there, too, and see the gaps. */
  static String chain() {
    return "cut-" + ThreadLocalRandom.current().nextInt(2);
  }

  /** Noted before it is sent: of what it made, nothing is received. */
  private void sendCut(Wire wire, int digestCount) throws IOException {
    String chain = chain();
    ledger.cutOff(chain, digestCount, System.nanoTime());
    boolean unused = wire.sendAll(commit(digestCount, chain), PATIENCE);
  }

  /** A thousand digests of which not all arrive: nothing is made, so nothing is noted. */
  private String cutOffBatch(Wire wire) throws IOException {
    byte[] whole = commit(1000, "never");
    int part = ThreadLocalRandom.current().nextInt(whole.length);
    byte[] sent = java.util.Arrays.copyOf(whole, part);
    boolean unused = wire.sendAll(sent, PATIENCE);
    if (ThreadLocalRandom.current().nextBoolean()) {
      wire.reset();
    }
    return "gone";
  }

  private String slowReader(Wire wire) throws IOException, InterruptedException {
    sendCut(wire, 200);
    boolean unused = gate.spend(Duration.ofSeconds(5));
    return answer(wire);
  }

  private String pipeline(Wire wire) throws IOException, InterruptedException {
    String one = "GET /health HTTP/1.1\r\nHost: soak\r\n\r\n";
    boolean unused = wire.sendAll(one.repeat(50).getBytes(StandardCharsets.US_ASCII), PATIENCE);
    return answer(wire);
  }
}
