package dev.occ.soak;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.RetryPolicy;
import dev.occ.client.ServerHealth;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients that keep to the rules. Whatever docs/http-api.md does not foresee is a failure. */
final class GoodLoad {
  /** Answers that a client that keeps to the rules may get while others do not. */
  private static final Set<String> ANY_CALL =
      Set.of(
          "503 busy",
          "503 enclave-unavailable",
          "503 enclave-timeout",
          "503 enclave-busy",
          "503 epoch-changed");

  private static final Set<String> QUOTAS = Set.of("429 slot-quota", "429 challenge-quota");
  private static final int LARGEST_BATCH = 1000;

  private final URI url;
  private final LoadTally tally;
  private final Ledger ledger;
  private final AtomicLong artifacts = new AtomicLong();
  private final AtomicReference<@Nullable Proof> recent = new AtomicReference<>();

  GoodLoad(URI url, LoadTally tally, Ledger ledger) {
    this.url = url;
    this.tally = tally;
    this.ledger = ledger;
  }

  void addTo(Workers workers) {
    for (int i = 0; i < 3; i++) {
      OccClient client = client(i);
      String chain = "single-" + i % 2; // two of them share a chain
      workers.add("commit-" + i, Duration.ofMillis(20), () -> commit(client, "commit", chain, 1));
    }
    for (int i = 3; i < 5; i++) {
      OccClient client = client(i);
      String chain = "batch-" + i;
      workers.add(
          "batch-" + i, Duration.ofMillis(300), () -> commit(client, "batch", chain, batchSize()));
    }
    OccClient neighbour = client(4);
    workers.add(
        "neighbour",
        Duration.ofMillis(20),
        () -> commit(neighbour, "commit", HostileHttp.chain(), 1));
    OccClient keeper = client(5);
    workers.add("slots", Duration.ofMillis(100), () -> keepSlot(keeper));
    workers.add("challenges", Duration.ofMillis(100), () -> challenge(keeper));
    OccClient asker = client(0);
    workers.add("questions", Duration.ofMillis(50), () -> ask(asker));
  }

  private OccClient client(int key) {
    return OccClient.builder(url)
        .apiKey(Programs.KEYS.get(key))
        .retryPolicy(RetryPolicy.NEVER) // every answer is to be counted
        .build();
  }

  private static int batchSize() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return random.nextInt(40) == 0 ? LARGEST_BATCH : 2 + random.nextInt(40);
  }

  Bytes digest() {
    return Bytes.sha256(
        ByteBuffer.allocate(Long.BYTES).putLong(artifacts.getAndIncrement()).array());
  }

  private void commit(OccClient client, String who, String chain, int number) throws IOException {
    List<Bytes> digests = IntStream.range(0, number).mapToObj(unused -> digest()).toList();
    CommitOptions options =
        CommitOptions.builder()
            .chainId(chain)
            .metadata(JsonObject.builder().put("soak", "yes").build())
            .build();
    long sent = System.nanoTime();
    try {
      List<Proof> proofs = client.commit(digests, options);
      ledger.handedOut(proofs, sent, true);
      recent.set(proofs.get(0));
      tally.count(who, "200");
    } catch (OccClientException e) {
      ledger.handedOut(e.proofs(), sent, true);
      if (e.mayHaveTakenEffect()) {
        // An answer leaves the outcome of one digest open at most (docs/http-api.md).
        int open = e.status().isPresent() ? 1 : number - e.proofs().size();
        ledger.cutOff(chain, open, sent);
      }
      failed(who, e, Set.of());
    }
  }

  private void keepSlot(OccClient client) {
    try {
      Object unused = client.allocateSlot("slots");
      tally.count("allocate-slot", "200");
    } catch (OccClientException e) {
      failed("allocate-slot", e, QUOTAS);
    }
  }

  private void challenge(OccClient client) {
    try {
      Object unused = client.challenge();
      tally.count("challenge", "200");
    } catch (OccClientException e) {
      failed("challenge", e, QUOTAS);
    }
  }

  private void ask(OccClient client) {
    String who = "health";
    try {
      ServerHealth health = client.health();
      tally.count(who, health.ok() ? "200" : "503");
      who = "key";
      Object unused = client.key();
      tally.count(who, "200");
      who = "verify";
      Proof proof = recent.get();
      if (proof == null) {
        return;
      }
      boolean valid = client.verify(proof).valid();
      tally.count(who, "200");
      if (!valid) {
        tally.fail("/verify calls a proof invalid: " + proof);
      }
    } catch (OccClientException e) {
      failed(who, e, Set.of());
    }
  }

  private void failed(String who, OccClientException e, Set<String> more) {
    String kind =
        e.status().isPresent()
            ? e.status().getAsInt() + " " + e.code().orElse("without code")
            : e.reason().code();
    tally.count(who, kind);
    if (!ANY_CALL.contains(kind) && !more.contains(kind)) {
      tally.fail(who + " got " + kind + ": " + e.getMessage() + " because of " + e.getCause());
    }
  }
}
