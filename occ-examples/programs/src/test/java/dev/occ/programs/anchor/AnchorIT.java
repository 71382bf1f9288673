package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.ExitCode;
import dev.occ.client.OccClient;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.json.JsonValue;
import dev.occ.programs.DevelopmentChain;
import dev.occ.programs.Ended;
import dev.occ.programs.HttpStub;
import dev.occ.programs.ProjectFiles;
import dev.occ.programs.Run;
import dev.occ.programs.SuppressForbidden;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.server.ApiKeys;
import dev.occ.server.ParentServer;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.chain.EthereumAnchor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors from a real Ethereum node, through a real parent, on a real chain. */
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
class AnchorIT {
  private static final int CHAIN_ID = 1337;
  private static final String KEY = "a-key-of-this-test";

  @TempDir static Path logs;
  private static DevelopmentChain node;
  private static Epoch epoch;
  private static EnclaveServer enclave;
  private static ParentServer parent;

  @TempDir private Path folder;
  private Path state;
  private Path out;

  @BeforeAll
  static void start() throws Exception {
    Path unused = Files.writeString(logs.resolve("key"), KEY);
    node = DevelopmentChain.start(CHAIN_ID, logs.resolve("ganache.log"));
    epoch = Epoch.open(SoftSigner.open());
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    enclave = EnclaveServer.builder(epoch).listener(listener).start();
    int port = ((InetSocketAddress) listener.channel().getLocalAddress()).getPort();
    parent =
        ParentServer.builder(
                EnclaveAddress.parse("tcp:127.0.0.1:" + port), ApiKeys.ofLines(List.of(KEY + " anchor")))
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (parent != null) {
      parent.close();
      enclave.close();
      epoch.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @BeforeEach
  void files() {
    state = folder.resolve("state.json");
    out = folder.resolve("anchors");
  }

  private Run once(URI rpc, URI url, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "anchor",
                "--once",
                "--rpc",
                rpc.toString(),
                "--url",
                url.toString(),
                "--api-key-file",
                logs.resolve("key").toString(),
                "--chain-id",
                "" + CHAIN_ID,
                "--state",
                state.toString(),
                "--out",
                out.toString()));
    command.addAll(List.of(more));
    return Run.occ(command.toArray());
  }

  private Run once() {
    return once(node.url(), url());
  }

  private static URI url() {
    return URI.create("http://127.0.0.1:" + parent.address().getPort());
  }

  private List<Path> anchors() throws Exception {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (var files = Files.list(out)) {
      return files.sorted().toList();
    }
  }

  @Test
  void anchor_newBlock_isAProofAsTheSpecSays() throws Exception {
    String hash = "0x" + node.mine().toHex();
    Counter number = node.number();

    Run run = once();

    assertThat(run.exitCode()).as(run.err()).isZero();
    Proof anchor = Proof.read(Files.readAllBytes(out.resolve("block-" + number + ".occ.json")));
    assertThat(anchor.artifactDigest())
        .isEqualTo(Bytes.sha256(hash.getBytes(StandardCharsets.UTF_8)));
    assertThat(anchor.attribution())
        .contains(
            new Attribution(
                Optional.of("Ethereum Anchor"),
                Optional.of("https://etherscan.io/block/" + number),
                Optional.of(hash)));
    assertThat(Run.occ("verify", out).exitCode()).isZero();
  }

  @Test
  void anchor_sameBlockAgain_notTwice() throws Exception {
    Bytes unused = node.mine();
    assertThat(once().exitCode()).isZero();
    assertThat(once().exitCode()).isZero();
    assertThat(anchors()).hasSize(1);

    Bytes next = node.mine();
    assertThat(next).isNotNull();
    assertThat(once().exitCode()).isZero();
    assertThat(anchors()).hasSize(2);
  }

  @Test
  void anchor_outThatIsNoFolder_isRefusedBeforeAnythingIsMade() throws Exception {
    Bytes unused = node.mine();
    Path file = Files.writeString(out, "not a folder");
    Run run = once();
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains(out.toString());
    assertThat(state).doesNotExist();
    assertThat(file).hasContent("not a folder");
  }

  /** Its block counts as anchored from then on: nothing else would ever have the proof. */
  @Test
  void anchor_proofThatCannotBeWritten_isPrintedWhole() throws Exception {
    Bytes unused = node.mine();
    Path inTheWay = out.resolve("block-" + node.number() + ".occ.json");
    Path file = Files.createDirectories(inTheWay).resolve("full");
    assertThat(Files.writeString(file, "x")).exists();
    Run run = once();
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    String line = run.err().lines().filter(text -> text.startsWith("{")).findFirst().orElseThrow();
    Path kept = Files.writeString(folder.resolve("kept.occ.json"), line);
    assertThat(Run.occ("verify", kept).exitCode()).isZero();
  }

  @Test
  void anchor_everyFinality_answered() throws Exception {
    Bytes unused = node.mine();
    for (String finality : List.of("latest", "safe", "finalized")) {
      Files.deleteIfExists(state);
      assertThat(once(node.url(), url(), "--finality", finality).exitCode()).isZero();
    }
  }

  @Test
  void anchor_reorganised_saidOnce_andTheNextBlockIsAnchored() throws Exception {
    JsonValue before = node.snapshot();
    Bytes old = node.mine();
    assertThat(once().exitCode()).isZero();
    node.revert(before);
    Bytes sibling = node.mineAt(4_000_000_000L);
    assertThat(sibling).isNotEqualTo(old);

    Run same = once();
    assertThat(same.out()).contains("Ethereum replaced block", old.toHex());
    assertThat(anchors()).hasSize(1);

    Bytes unused = node.mine();
    assertThat(once().out()).contains("Ethereum replaced block");
    assertThat(anchors()).hasSize(2);
  }

  @Test
  void anchor_otherChainThanExpected_noAnchor() throws Exception {
    Run run =
        Run.occ(
            "anchor",
            "--once",
            "--rpc",
            node.url().toString(),
            "--url",
            url().toString(),
            "--state",
            state);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is on chain 1337 instead of 1");
    assertThat(anchors()).isEmpty();
  }

  @Test
  void anchor_parentRefuses_blockCountsAsNotAnchored() throws Exception {
    Bytes unused = node.mine();
    try (HttpStub refusing = new HttpStub((e, body) -> e.sendResponseHeaders(401, -1))) {
      assertThat(once(node.url(), refusing.url()).exitCode()).isEqualTo(2);
    }
    assertThat(state).doesNotExist();
    assertThat(once().exitCode()).isZero();
    assertThat(anchors()).hasSize(1);
  }

  @Test
  void anchor_outcomeUnknown_blockIsNotTriedAgainButTheNextOneIs() throws Exception {
    Bytes unused = node.mine();
    try (HttpStub lossy = new HttpStub((e, body) -> e.close())) {
      assertThat(once(node.url(), lossy.url()).exitCode()).isEqualTo(2);
    }
    assertThat(state).exists();
    assertThat(once().exitCode()).isZero();
    assertThat(anchors()).isEmpty();

    Bytes next = node.mine();
    assertThat(next).isNotNull();
    assertThat(once().exitCode()).isZero();
    assertThat(anchors()).hasSize(1);
  }

  @Test
  void anchor_parentAnswersSomethingElse_notBelieved() throws Exception {
    Bytes unused = node.mine();
    try (HttpStub liar =
        new HttpStub(
            (e, body) ->
                HttpStub.reply(e, "application/json", "[{}]".getBytes(StandardCharsets.UTF_8)))) {
      Run run = once(node.url(), liar.url());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("no anchor for block");
    }
    assertThat(anchors()).isEmpty();
  }

  @Test
  void anchor_stateDamagedOrOfAnotherChain_refusedBeforeAnything() throws Exception {
    Files.writeString(state, "{");
    assertThat(once().exitCode()).isEqualTo(2);
    Files.writeString(
        state, "{\"chainId\":\"5\",\"number\":\"1\",\"hash\":\"" + "00".repeat(32) + "\"}");
    Run run = once();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("another Ethereum chain");
    assertThat(anchors()).isEmpty();
  }

  @Test
  void chainVerify_withNodes_confirmsRefutesOrSaysThatNobodyAnswered() throws Exception {
    Bytes unused = node.mine();
    assertThat(once().exitCode()).isZero();
    String id = "" + CHAIN_ID;
    Ended confirmed = chainVerify(out, "--rpc", node.url(), "--chain-id", id);
    assertThat(confirmed.err()).isEmpty();
    assertThat(confirmed.exitCode()).isZero();
    assertThat(confirmed.out()).contains("blocks confirmed 1, refuted 0, open 0");

    Path forged = Files.createDirectory(folder.resolve("forged"));
    Files.write(forged.resolve("a.occ.json"), forgedAnchor(node.number()).toBytes());
    Ended refuted = chainVerify(forged, "--rpc", node.url(), "--chain-id", id, "--json");
    assertThat(refuted.exitCode()).isEqualTo(1);
    assertThat(refuted.out()).contains("\"refuted\":1").contains("is not a block of this chain");
    assertThat(chainVerify(forged).exitCode()).as("offline, nobody can tell").isZero();

    Ended otherChain = chainVerify(out, "--rpc", node.url());
    assertThat(otherChain.exitCode()).isEqualTo(2);
    assertThat(otherChain.out()).contains("refuted 0, open 1").contains("wrong-chain");
    Ended noOption = chainVerify(out, "--rpc", node.url(), "--rpc-timeout", "never");
    assertThat(noOption.exitCode()).isEqualTo(2);
    assertThat(noOption.err()).contains("--rpc-timeout needs a time");
  }

  private Ended chainVerify(Path proofs, Object... more) throws Exception {
    List<Object> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-jar",
                ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar"),
                "chain",
                "verify",
                "--partial",
                proofs));
    command.addAll(List.of(more));
    return Ended.of(folder, Map.of(), command.toArray());
  }

  /** A valid proof that names a block of this number with a hash that no block has. */
  private static Proof forgedAnchor(Counter number) throws Exception {
    EthereumAnchor anchor = new EthereumAnchor(number, Bytes.sha256(new byte[] {7}));
    return epoch.commit(
        CommitRequest.builder(epoch.allocateSlot("forged").id(), anchor.digest())
            .attribution(anchor.attribution("https://etherscan.io"))
            .build());
  }

  @Test
  void anchor_unusableArguments_exits2() {
    for (String[] more :
        List.of(
            new String[] {"--interval", "often"},
            new String[] {"--interval", "0s"},
            new String[] {"--finality", "soon"},
            new String[] {"--agree", "2"},
            new String[] {"--explorer", "https://x/"},
            new String[] {"--rpc", "ftp://x"})) {
      assertThat(once(node.url(), url(), more).exitCode()).as(more[1]).isEqualTo(2);
    }
    assertThat(once(node.url(), URI.create("http://example.com")).err()).contains("API key");
  }

  /** The loop itself: blocks come, the node goes away and comes back in between, and it stops. */
  @Test
  void run_untilStopped_anchorsEachNewBlockAndEndsCleanly() throws Exception {
    Bytes unused = node.mine();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    AnchorListener listener =
        new AnchorListener() {
          @Override
          public void anchored(Block block, Proof proof) {
            first.countDown();
            second.countDown();
          }

          @Override
          public void replaced(Block block) {}

          @Override
          public void failed(String text, Duration pause) {}
        };
    Counter id = Counter.of(CHAIN_ID);
    Anchorer anchorer =
        Anchorer.open(
            new BlockSource(
                List.of(URI.create("http://127.0.0.1:1"), node.url()),
                id,
                1,
                Duration.ofSeconds(5)),
            new ClientAnchorMaker(
                OccClient.builder(url()).apiKey(KEY).build(), "anchored", "https://etherscan.io"),
            new Anchorer.Memory(
                state,
                id,
                (file, document) ->
                    assertThat(ProofFiles.write(file, document, true)).isPositive()),
            new Anchorer.Pace(Duration.ofMillis(50), Finality.LATEST, () -> 0.5),
            listener);
    Thread thread =
        new Thread(
            () -> {
              try {
                anchorer.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
    Bytes next = node.mine();
    assertThat(next).isNotNull();
    assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
    anchorer.stop();
    thread.join(30_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(Files.readString(state)).contains(next.toHex());
  }
}
