package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.HonestServer;
import dev.occ.client.OccClient;
import dev.occ.client.ScriptedServer;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.epoch.EpochException;
import dev.occ.json.JsonObject;
import dev.occ.programs.HttpStub;
import dev.occ.programs.SuppressForbidden;
import dev.occ.programs.anchor.AnchorMaker.NotMadeException;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No block is anchored twice, whatever the server says about a commit that it did not finish. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
final class ClientAnchorMakerTest {
  private static final Counter CHAIN_ID = Counter.of(1);
  private static final Block BLOCK = new Block(Counter.of(7), Bytes.sha256(new byte[0]));

  @TempDir private Path folder;
  private final List<Counter> anchored = new ArrayList<>();
  private final HonestServer honest;

  /** What was sealed, whether or not anybody was given it. */
  private final List<JsonObject> madeByServer = new CopyOnWriteArrayList<>();

  private final AtomicInteger calls = new AtomicInteger();

  /** The number of the node's newest block. */
  private volatile int newest;

  ClientAnchorMakerTest() throws Exception {
    honest = new HonestServer();
  }

  @AfterEach
  void close() {
    honest.close();
  }

  /** A server that knows its epoch, and answers commits as the test wants. */
  private ScriptedServer server(ScriptedServer.Script commits) throws IOException {
    return ScriptedServer.start(honest.withKey(commits));
  }

  /** Spec 14 to the letter: a single digest that failed has an empty list of proofs. */
  private Reply sealedButNotKnown(ScriptedServer.Request request) throws Exception {
    madeByServer.addAll(honest.commit(request));
    return HonestServer.brokenOff("enclave-timeout", List.of());
  }

  @Test
  void make_outcomeOpenAndThenRefused_mayExist() throws Exception {
    try (ScriptedServer server =
        server(
            request ->
                calls.incrementAndGet() == 1
                    ? sealedButNotKnown(request)
                    : Reply.json(429, "{}").with("Retry-After", "3600"))) {
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(BLOCK));
      assertThat(e.mayExist()).isTrue();
    }
  }

  @Test
  void make_certainlyNotMade_doesNotExist() throws Exception {
    try (ScriptedServer server =
        server(request -> Reply.json(429, "{}").with("Retry-After", "3600"))) {
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(BLOCK));
      assertThat(e.mayExist()).isFalse();
    }
  }

  @Test
  void make_honestServer_isAnAuthenticatedAnchor() throws Exception {
    try (ScriptedServer server = server(request -> HonestServer.ok(honest.commit(request)))) {
      Proof proof = maker(server).make(BLOCK);
      assertThat(proof.commit().anchor()).contains(new AnchoredBlock(7, BLOCK.hash()));
      assertThat(proof.commit().chain()).isEqualTo("invoices");
    }
  }

  /** Such as between the question for the epoch and the commit. */
  @Test
  void make_serverRestarted_isRefusedWithoutEffect() throws Exception {
    try (HonestServer restarted = new HonestServer();
        ScriptedServer server = ScriptedServer.start(restarted.withKey(this::refusal))) {
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(BLOCK));
      assertThat(e).hasMessageContaining("anchor-signature-invalid");
      assertThat(e.mayExist()).isFalse();
    }
  }

  private Reply refusal(ScriptedServer.Request request) throws Exception {
    EpochException refusal =
        catchThrowableOfType(EpochException.class, () -> honest.commit(request).clear());
    return Reply.json(
        400,
        JsonObject.builder()
            .put("error", "refused")
            .put("code", refusal.reason().code())
            .build()
            .toJson());
  }

  /** 2^53 and 0 are numbers of no block that a claim can be about; a node may say them. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 53, -1})
  void make_numberThatNoClaimHas_isNotMade(long number) throws Exception {
    try (ScriptedServer server = server(request -> Reply.json(500, "{}"))) {
      Block block = new Block(new Counter(number), BLOCK.hash());
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(block));
      assertThat(e.mayExist()).isFalse();
      assertThat(e).hasMessageContaining("2^53-1");
    }
  }

  @Test
  void make_serverThatDoesNotTellItsEpoch_doesNotExist() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.json(200, "[{}]"))) {
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(BLOCK));
      assertThat(e.mayExist()).isFalse();
    }
  }

  /** Without the claim the server makes an ordinary proof, and the client says so. */
  @Test
  void make_serverThatDropsTheClaim_isNotBelieved() throws Exception {
    try (ScriptedServer server =
        server(
            request ->
                HonestServer.ok(
                    honest.commit(
                        new ScriptedServer.Request(
                            request.method(),
                            request.path(),
                            request.headers(),
                            request
                                .body()
                                .replaceAll(",\"anchor\":\\{[^}]*}", "")
                                .replace("Ethereum Anchor", "Ethereum anchor")))))) {
      NotMadeException e =
          catchThrowableOfType(NotMadeException.class, () -> maker(server).make(BLOCK));
      assertThat(e.mayExist()).isTrue();
    }
  }

  @Test
  void once_outcomeOpen_leavesTheBlockOut() throws Exception {
    try (HttpStub node = node();
        ScriptedServer server =
            server(
                request -> {
                  if (calls.incrementAndGet() == 1) {
                    return sealedButNotKnown(request);
                  }
                  madeByServer.addAll(honest.commit(request));
                  return HonestServer.ok(List.of(madeByServer.get(madeByServer.size() - 1)));
                })) {
      Anchorer anchorer = anchorer(node.url(), maker(server));
      newest = 7;
      assertThat(anchorer.once()).isFalse();
      assertThat(anchorer.once()).isTrue();
      assertThat(madeByServer).as("of block 7").hasSize(1);
      newest = 8;
      assertThat(anchorer.once()).isTrue();
      assertThat(anchored).containsExactly(Counter.of(8));
      assertThat(madeByServer).hasSize(2);
    }
  }

  private HttpStub node() {
    return BlockSourceTest.node(
        request ->
            request.contains("eth_chainId")
                ? BlockSourceTest.result("\"0x1\"")
                : BlockSourceTest.block("0x%x".formatted(newest), "0x%064x".formatted(newest)));
  }

  private static ClientAnchorMaker maker(ScriptedServer server) {
    OccClient client = OccClient.builder(server.url()).build();
    return new ClientAnchorMaker(
        client,
        HonestServer.ANCHORER,
        new ClientAnchorMaker.Target(ProtocolName.OCC, "invoices", "https://etherscan.io"));
  }

  private Anchorer anchorer(URI node, AnchorMaker maker) throws Exception {
    return Anchorer.open(
        new BlockSource(List.of(node), CHAIN_ID, 1, Duration.ofSeconds(30)),
        maker,
        new Anchorer.Memory(folder.resolve("state.json"), CHAIN_ID, Files::write),
        new Anchorer.Pace(Duration.ofSeconds(1), Finality.LATEST, () -> 0),
        new AnchorListener() {
          @Override
          public void anchored(Block block, Proof proof) {
            anchored.add(block.number());
          }

          @Override
          public void replaced(Block block) {
            throw new AssertionError("no block was replaced");
          }

          @Override
          public void failed(String text, Duration pause) {
            // What follows from it is what the test looks at.
          }
        });
  }
}
