package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochChecks;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftAuthenticator;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets for both ends of the enclave protocol (spec 13), over connections in memory. In the
 * usual build each runs over its seeds only; {@code .ci/fuzz 60 EnclaveFuzzTest#server} fuzzes one.
 *
 * <p>Every input meets a fresh epoch whose key, slots and challenges are the same each time: seeds
 * can name them, and a finding happens again.
 */
final class EnclaveFuzzTest {
  private static final Bytes DIGEST = Bytes.sha256(new byte[] {1});
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final int PLENTY = 100_000;
  private static final EpochOptions EPOCH =
      EpochOptions.builder()
          .maxPendingSlots(PLENTY)
          .maxChains(PLENTY)
          .clock(Clock.fixed(NOW, ZoneOffset.UTC))
          .nanoClock(() -> 0)
          .build();
  private static final EnclaveServerOptions SERVER = Served.patient().workers(1).build();
  private static final Names NAMES = Names.first();

  /**
   * Whatever a peer sends, it is answered in JSON with a result or a known code, and told the end;
   * the epoch goes on, and what it has sealed are unbroken chains.
   */
  @MethodSource("requests")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void server(byte[] input) throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), EPOCH)) {
      Map<String, List<Proof>> chains = new TreeMap<>();
      List<JsonObject> answers = answers(serve(epoch, input));
      for (JsonObject answer : answers) {
        check(JsonView.of(answer), chains);
      }
      assertThat(answers.isEmpty()).isEqualTo(isBlank(input));
      add(epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), DIGEST)), chains);
      for (List<Proof> chain : chains.values()) {
        EpochChecks.assertSoundChain(epoch, chain);
      }
    }
  }

  /** Whatever comes back, a client gives what it was asked for, or its one exception. */
  @MethodSource("answers")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void client(byte[] input) {
    Connector connector = timeout -> new MemoryChannel(input);
    try (EnclaveClient client = EnclaveClient.builder(connector).build()) {
      ask(() -> assertThat(client.health().chains()).isNotNegative());
      ask(() -> assertThat(client.key().publicKey().size()).isEqualTo(32));
      ask(() -> assertThat(client.challenge().size()).isEqualTo(32));
      ask(() -> assertThat(client.allocateSlot().chainId()).isEqualTo(Commit.DEFAULT_CHAIN));
      ask(() -> assertThat(client.allocateSlot("photos").chainId()).isEqualTo("photos"));
      ask(
          () -> {
            Proof proof = client.commitDigest(CommitRequest.of(NAMES.slotId(), DIGEST));
            assertThat(proof.artifactDigest()).isEqualTo(DIGEST);
            assertThat(proof.commit().nonce().toBase64()).isEqualTo(NAMES.slotId());
            assertThat(Proof.read(proof.toBytes())).isEqualTo(proof);
          });
    }
  }

  private interface Question {
    void ask() throws EnclaveException, JsonException;
  }

  private static void ask(Question question) {
    try {
      question.ask();
    } catch (EnclaveException e) {
      assertThat(e.reason())
          .isIn(
              EnclaveException.Reason.PROTOCOL,
              EnclaveException.Reason.REFUSED,
              EnclaveException.Reason.BUSY,
              EnclaveException.Reason.UNAVAILABLE);
    } catch (JsonException e) {
      throw new AssertionError("a proof that a client gave is none", e);
    }
  }

  /** Serves one connection to its end; gives what its peer got. */
  private static byte[] serve(Epoch epoch, byte[] input) {
    ServerContext context = new ServerContext(epoch, SERVER);
    MemoryChannel channel = new MemoryChannel(input);
    try {
      new ServerConnection(channel, context).run();
    } finally {
      context.lingering().close();
      context.watchdog().close();
      context.workers().shutdown();
    }
    assertThat(channel.isOutputShut()).as("ended in order").isTrue();
    assertThat(context.connections()).isEmpty();
    assertThat(context.budget().left()).as("memory").isEqualTo(SERVER.maxBufferedBytes());
    return channel.written();
  }

  private static List<JsonObject> answers(byte[] written)
      throws IOException, JsonException, RequestException {
    List<JsonObject> answers = new ArrayList<>();
    MemoryChannel channel = new MemoryChannel(written);
    try (ObjectBuffer buffer = new ObjectBuffer(PLENTY * 100, new MemoryBudget(Long.MAX_VALUE))) {
      do {
        Optional<byte[]> answer = buffer.next();
        while (answer.isPresent()) {
          answers.add((JsonObject) JsonValue.read(answer.get()));
          answer = buffer.next();
        }
      } while (buffer.fill(channel) >= 0);
      assertThat(buffer.hasMore()).as("bytes after the last answer").isFalse();
    }
    return answers;
  }

  private static void check(JsonView answer, Map<String, List<Proof>> chains) throws JsonException {
    if (answer.object().has("code")) {
      assertThat(answer.text("error")).isNotEmpty();
      assertThat(EnclaveErrorCode.of(answer.text("code")))
          .isPresent()
          .get()
          .isNotIn(EnclaveErrorCode.INTERNAL, EnclaveErrorCode.SIGNER_FAILED);
    } else if (answer.object().has("proof")) {
      add(Proof.of(answer.view("proof").object()), chains);
    }
  }

  private static void add(Proof proof, Map<String, List<Proof>> chains) {
    chains.computeIfAbsent(proof.commit().chain(), name -> new ArrayList<>()).add(proof);
  }

  private static boolean isBlank(byte[] input) {
    for (byte b : input) {
      if (!ObjectScanner.isSpace(b)) {
        return false;
      }
    }
    return true;
  }

  static Stream<byte[]> requests() {
    return Stream.of(
            "{'action':'health'}",
            "{'action':'key','keepAlive':true}{'action':'nothing'}",
            "{'action':'init','allowGenesis':true}",
            "{'action':'init','allowGenesis':true,'keepAlive':true,'prevEpochId':'x'} {'action':1}",
            allocate("") + commit("'policy':{'digestB64':'" + DIGEST.toBase64() + "'}") + "garbage",
            allocate("'chainId':'photos',")
                + commit("'principal':{'id':'me'},'metadata':{'n':[1,null]}")
                + commit("'attribution':{'title':'t'}"),
            allocate("")
                + "{'action':'commit','keepAlive':true,'slotId':'SLOT','bytesB64':'aGVsbG8='}",
            allocate("")
                + "{'action':'challenge','keepAlive':true}"
                + commit("'agency':" + NAMES.direct()),
            allocate("")
                + "{'action':'challenge','keepAlive':true}"
                + commit("'agency':" + NAMES.webAuthn()))
        .map(EnclaveFuzzTest::bytes);
  }

  static Stream<byte[]> answers() throws EpochException {
    List<byte[]> seeds = new ArrayList<>();
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), EPOCH)) {
      List<String> requests =
          List.of(
              allocate(""),
              commit("'metadata':{}"),
              "{'action':'health'}",
              "{'action':'key'}",
              "{'action':'challenge'}",
              "{'action':'none'}",
              "{'action':'allocateSlot'}",
              "{'action':'allocateSlot','chainId':'photos'}");
      for (String request : requests) {
        seeds.add(serve(epoch, bytes(request)));
      }
    }
    return seeds.stream();
  }

  private static String allocate(String members) {
    return "{'action':'allocateSlot'," + members + "'keepAlive':true}";
  }

  private static String commit(String members) {
    return "{'action':'commitDigest','keepAlive':true,'slotId':'SLOT','digestB64':'"
        + DIGEST.toBase64()
        + "',"
        + members
        + "}";
  }

  private static byte[] bytes(String request) {
    return request.replace('\'', '"').replace("SLOT", NAMES.slotId()).getBytes(UTF_8);
  }

  /** The first slot and challenge of every epoch here. */
  private record Names(String slotId, Bytes challenge) {
    static Names first() {
      try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), EPOCH)) {
        Slot slot = epoch.allocateSlot();
        return new Names(slot.id(), epoch.challenge());
      } catch (EpochException e) {
        throw new AssertionError("a soft signer does not fail", e);
      }
    }

    String direct() {
      return SoftAuthenticator.create()
          .direct(DIGEST.toByteArray(), challenge.toByteArray(), NOW.toEpochMilli())
          .build();
    }

    String webAuthn() {
      return SoftAuthenticator.create()
          .webAuthn(DIGEST.toByteArray(), challenge.toByteArray(), NOW.toEpochMilli())
          .build();
    }
  }
}
