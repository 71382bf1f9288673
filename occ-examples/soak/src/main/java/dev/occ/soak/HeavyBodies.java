package dev.occ.soak;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * Bodies inside every documented bound of bytes that take some eighty times as much once they are
 * parsed, on as many connections as the parent has to its enclave. What is refused must have a
 * status or a code that is foreseen; nothing may end, and memory must be flat afterwards, which the
 * soak looks at for all programs.
 */
final class HeavyBodies {
  /** As many as the parent works on at once. */
  private static final int COMMITTERS = 8;

  private static final int VERIFIERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final int STATUS_LINE = 12;
  private static final int ANSWER = 400;

  /** Just under the 64 KiB that an object in a proof may have. */
  private static final int OBJECT_BYTES = 65_300;

  private static final int SOCKET_BYTES = 3_900_000;
  private static final int VERIFY_BYTES = 260_000;
  private static final String UNIT = "{\"\":0}";
  private static final Set<String> COMMIT_ANSWERS = Set.of("200", "413", "429", "503", "no answer");
  private static final Set<String> VERIFY_ANSWERS = Set.of("413", "503", "no answer");
  private static final Set<String> CODES =
      Set.of("unknown-member", "request-too-large", "busy", "closing");

  private final Programs programs;
  private final Gate gate;
  private final LoadTally tally;
  private final Ledger ledger;
  private final byte[] commit;
  private final byte[] verify;
  private final byte[] unknown;
  private final byte[] known;
  private final String chain = HostileHttp.chain();

  HeavyBodies(Programs programs, Gate gate, LoadTally tally, Ledger ledger) {
    this.programs = programs;
    this.gate = gate;
    this.tally = tally;
    this.ledger = ledger;
    String digest = Base64.getEncoder().encodeToString(new byte[32]);
    String units = units(OBJECT_BYTES);
    commit =
        bytes(
            HostileHttp.post(
                "/commit",
                5,
                "{\"chainId\":\""
                    + chain
                    + "\",\"digests\":[{\"digestB64\":\""
                    + digest
                    + "\",\"hashAlg\":\"sha256\"}],\"metadata\":{\"x\":"
                    + units
                    + "},\"policy\":{\"digestB64\":\""
                    + digest
                    + "\",\"x\":"
                    + units
                    + "},\"principal\":{\"id\":\"a\",\"x\":"
                    + units
                    + "},\"attribution\":{\"name\":\"a\",\"x\":"
                    + units
                    + "}}"));
    verify =
        bytes(
            HostileHttp.post("/verify", 5, "{\"proof\":{\"policy\":" + units(VERIFY_BYTES) + "}}"));
    unknown = bytes("{\"action\":\"health\",\"x\":" + units(SOCKET_BYTES) + "}");
    known = bytes("{\"action\":\"commit\",\"metadata\":{\"x\":" + units(SOCKET_BYTES) + "}}");
  }

  private static String units(int length) {
    int number = length / (UNIT.length() + 1);
    return "[" + (UNIT + ",").repeat(number - 1) + UNIT + "]";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void addTo(Workers workers) {
    for (int i = 0; i < COMMITTERS; i++) {
      workers.add("heavy-commit-" + i, PACE, this::commit);
    }
    for (int i = 0; i < VERIFIERS; i++) {
      workers.add("heavy-verify-" + i, PACE, () -> http("heavy verify", verify, VERIFY_ANSWERS));
    }
    SocketAddress enclave = UnixDomainSocketAddress.of(programs.socket());
    workers.add("heavy-unknown", PACE, () -> socket("heavy unknown member", enclave, unknown));
    workers.add("heavy-known", PACE, () -> socket("heavy known member", enclave, known));
  }

  /** Noted before it is sent: of what it made, the proof is not received as a whole. */
  private void commit() throws IOException, InterruptedException {
    ledger.cutOff(chain, 1, System.nanoTime());
    http("heavy commit", commit, COMMIT_ANSWERS);
  }

  private void http(String who, byte[] request, Set<String> foreseen) throws InterruptedException {
    try (Wire wire = Wire.to(programs.api())) {
      boolean unused = wire.sendAll(request, PATIENCE);
      String kind = wire.receive(STATUS_LINE, gate, PATIENCE).kind();
      tally.count(who, kind);
      if (!foreseen.contains(kind)) {
        tally.fail(who + " got " + kind);
      }
    } catch (IOException e) {
      tally.count(who, "broken off"); // a refusal closes while the body is still being sent
    }
  }

  private void socket(String who, SocketAddress target, byte[] request)
      throws InterruptedException {
    try (Wire wire = Wire.to(target)) {
      boolean unused = wire.sendAll(request, PATIENCE);
      String answer = wire.receive(ANSWER, gate, PATIENCE).text();
      String code = answer.replaceFirst("(?s).*\"code\":\"([a-z-]*)\".*", "$1");
      tally.count(who, answer.isEmpty() ? "no answer" : code);
      if (!answer.isEmpty() && !CODES.contains(code)) {
        tally.fail(who + " got " + answer);
      }
    } catch (IOException e) {
      tally.count(who, "broken off"); // by an enclave that is away
    }
  }
}
