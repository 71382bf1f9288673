package dev.occ.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Floods, and nonsense at the sockets behind the parent: the bridge's and the enclave's own. */
final class HostileSockets {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Programs programs;
  private final Gate gate;
  private final LoadTally tally;

  HostileSockets(Programs programs, Gate gate, LoadTally tally) {
    this.programs = programs;
    this.gate = gate;
    this.tally = tally;
  }

  void addTo(Workers workers) {
    SocketAddress enclave = UnixDomainSocketAddress.of(programs.socket());
    workers.add(
        "flood-parent", Duration.ofSeconds(5), () -> flood("flood parent", programs.api(), 400));
    workers.add(
        "flood-bridge",
        Duration.ofSeconds(8),
        () -> flood("flood bridge", programs.bridgeAddress(), 100));
    workers.add("flood-enclave", Duration.ofSeconds(8), () -> flood("flood enclave", enclave, 50));
    for (int i = 0; i < 2; i++) {
      workers.add("at-bridge-" + i, Duration.ofMillis(150), () -> abuse(programs.bridgeAddress()));
      workers.add("at-enclave-" + i, Duration.ofMillis(150), () -> abuse(enclave));
    }
  }

  /** Many connections at once, some silent, some half way through a request, some complete. */
  private void flood(String who, SocketAddress target, int most)
      throws IOException, InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int number = most / 2 + random.nextInt(most / 2);
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < number; i++) {
        wires.add(Wire.to(target));
        String request =
            List.of("", "GET /he", "GET /health HTTP/1.1\r\nHost: soak\r\n\r\n")
                .get(random.nextInt(3));
        int unused = wires.get(i).send(request);
      }
      tally.count(who, "held");
    } catch (IOException e) {
      tally.count(who, "refused"); // the enclave is away, or the flood is being fended off
    }
    boolean unused = gate.spend(Duration.ofMillis(random.nextInt(1500)));
    for (Wire wire : wires) {
      if (random.nextBoolean()) {
        wire.reset();
      } else {
        wire.close();
      }
    }
  }

  private void abuse(SocketAddress target) throws InterruptedException {
    String who = target.equals(programs.bridgeAddress()) ? "at the bridge" : "at the enclave";
    try (Wire wire = Wire.to(target)) {
      tally.count(who, abuse(wire));
    } catch (IOException e) {
      tally.count(who, "broken off"); // by an enclave that is away, or will have none of it
    }
  }

  private String abuse(Wire wire) throws IOException, InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int kind = random.nextInt(7);
    switch (kind) {
      case 0 -> {
        byte[] bytes = new byte[1 + random.nextInt(5000)];
        random.nextBytes(bytes);
        int unused = wire.send(bytes);
      }
      case 1 -> {
        int unused = wire.send("{\"action\":\"hea");
        boolean unusedToo = gate.spend(Duration.ofSeconds(2));
      }
      case 2 -> {
        int unused = wire.send("{\"action\":\"commitDigest\",\"slotId\":\"");
        wire.shutdownOutput();
      }
      case 3 -> {
        boolean unused = gate.spend(Duration.ofSeconds(2));
      }
      case 4 -> {
        byte[] large =
            "{\"action\":\""
                .concat("x".repeat(5_000_000))
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        boolean unused = wire.sendAll(large, PATIENCE);
      }
      case 5 -> {
        int unused = wire.send("{\"a\":".repeat(1000));
      }
      default -> {
        int unused = wire.send("{\"action\":\"key\",\"keepAlive\":true}".repeat(100));
        if (random.nextBoolean()) {
          wire.reset();
          return "gone";
        }
      }
    }
    Wire.Received received = wire.receive(512, gate, PATIENCE);
    return received.text().contains("\"error\"")
        ? "error"
        : received.text().isEmpty() ? received.kind() : "answer";
  }
}
