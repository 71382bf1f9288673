package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.programs.HttpStub;
import dev.occ.programs.SuppressForbidden;
import dev.occ.programs.anchor.RpcException.Reason;
import dev.occ.proof.Counter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that answer badly, and several of them. */
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
class BlockSourceTest {
  private static final Counter MAIN = Counter.of(1);
  private static final String HASH = "0x" + "ab".repeat(32);
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  /** A node with one block; {@code ID} is the request's id. */
  private static HttpStub node(String chainId, String block) {
    return node(request -> request.contains("eth_chainId") ? chainId : block);
  }

  /** A node that gives an answer for each request; {@code ID} in it is the request's id. */
  static HttpStub node(UnaryOperator<String> answers) {
    return new HttpStub(
        (exchange, body) -> {
          String request = new String(body, StandardCharsets.UTF_8);
          String id = request.replaceAll(".*\"id\":([0-9]+).*", "$1");
          String result = answers.apply(request);
          HttpStub.reply(
              exchange,
              "application/json",
              result.replace("ID", id).getBytes(StandardCharsets.UTF_8));
        });
  }

  static String result(String json) {
    return "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":" + json + "}";
  }

  static String block(String number, String hash) {
    return result("{\"number\":\"" + number + "\",\"hash\":\"" + hash + "\"}");
  }

  private static HttpStub good() {
    return node(result("\"0x1\""), block("0x10", HASH));
  }

  private static BlockSource source(int agree, URI... urls) {
    return new BlockSource(List.of(urls), MAIN, agree, Duration.ofSeconds(5));
  }

  private static void assertReason(BlockSource source, Reason reason) {
    assertThatThrownBy(() -> assertThat(source.newest(Finality.LATEST)).isNull())
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void newest_goodNode_itsBlock() throws RpcException {
    try (HttpStub node = good()) {
      Block block = source(1, node.url()).newest(Finality.SAFE);
      assertThat(block.number()).isEqualTo(Counter.of(16));
      assertThat("0x" + block.hash().toHex()).isEqualTo(HASH);
      assertThat(source(1, node.url()).block(Counter.of(16))).isEqualTo(block);
    }
  }

  @Test
  void block_otherNumberThanAsked_refused() {
    try (HttpStub node = good()) {
      assertThatThrownBy(() -> assertThat(source(1, node.url()).block(Counter.of(17))).isNull())
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"jsonrpc\":\"2.0\",\"id\":ID}",
        "{\"jsonrpc\":\"1.0\",\"id\":ID,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"number\":\"0x1\",\"hash\":\"0x00\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"id\":ID,\"result\":{}}"
      })
  void newest_noJsonRpc_malformed(String answer) {
    try (HttpStub node = node(result("\"0x1\""), answer)) {
      assertReason(source(1, node.url()), Reason.MALFORMED);
    }
  }

  static Stream<String> badBlocks() {
    return Stream.of(
        block("16", HASH),
        block("0x", HASH),
        block("0x010", HASH),
        block("0x1A", HASH),
        block("0x10000000000000000", HASH),
        block("0x10", HASH.substring(2)),
        block("0x10", HASH.substring(0, 64)),
        block("0x10", HASH.replace('a', 'A')),
        result("{\"number\":16,\"hash\":\"" + HASH + "\"}"),
        result("{\"number\":\"0x10\",\"hash\":null}"),
        result("7"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("badBlocks")
  void newest_notEthereumsSpelling_malformed(String answer) {
    try (HttpStub node = node(result("\"0x1\""), answer)) {
      assertReason(source(1, node.url()), Reason.MALFORMED);
    }
  }

  @Test
  void newest_nodeSaysError_reasonIsError() {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32000,\"message\":\"busy\"}}";
    try (HttpStub node = node(result("\"0x1\""), error)) {
      assertReason(source(1, node.url()), Reason.ERROR);
    }
  }

  @Test
  void newest_noSuchBlock_reasonSaysSo() {
    try (HttpStub node = node(result("\"0x1\""), result("null"))) {
      assertReason(source(1, node.url()), Reason.NO_SUCH_BLOCK);
    }
  }

  @Test
  void newest_otherChain_notUsed() throws RpcException {
    try (HttpStub other = node(result("\"0x5\""), block("0x99", HASH));
        HttpStub good = good()) {
      assertReason(source(1, other.url()), Reason.WRONG_CHAIN);
      assertThat(source(1, other.url(), good.url()).newest(Finality.LATEST).number())
          .isEqualTo(Counter.of(16));
      assertReason(source(2, other.url(), good.url()), Reason.DISAGREEMENT);
    }
  }

  @Test
  void newest_firstNodeAway_secondAnswers() throws RpcException {
    try (HttpStub good = good()) {
      assertThat(source(1, NOBODY, good.url()).newest(Finality.LATEST).number())
          .isEqualTo(Counter.of(16));
    }
    assertReason(source(1, NOBODY, NOBODY), Reason.TRANSPORT);
  }

  @Test
  void newest_answerWithoutEnd_endsAtTheLimit() {
    try (HttpStub node =
        new HttpStub(
            (exchange, body) -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(new byte[8192]);
              }
            })) {
      assertReason(source(1, node.url()), Reason.TRANSPORT);
    }
  }

  @Test
  void newest_answerThatNeverComes_endsAtTheTimeout() {
    try (HttpStub node =
        new HttpStub(
            (exchange, body) -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(50);
              }
            })) {
      assertReason(
          new BlockSource(List.of(node.url()), MAIN, 1, Duration.ofMillis(400)), Reason.TRANSPORT);
    }
  }

  @Test
  void newest_twoAgree_believed() throws RpcException {
    try (HttpStub one = good();
        HttpStub two = good();
        HttpStub liar = node(result("\"0x1\""), block("0x10", "0x" + "00".repeat(32)))) {
      assertThat(source(2, one.url(), liar.url(), two.url()).newest(Finality.LATEST).number())
          .isEqualTo(Counter.of(16));
      // The liar proposes first; nobody agrees, and the next one is heard.
      assertThat(source(2, liar.url(), one.url(), two.url()).newest(Finality.LATEST).hash().toHex())
          .isEqualTo("ab".repeat(32));
      assertReason(source(2, liar.url(), one.url()), Reason.DISAGREEMENT);
    }
  }

  @Test
  void new_badArguments_refused() {
    assertThatThrownBy(() -> source(2, NOBODY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source(0, NOBODY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source(1, URI.create("ftp://x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source(1, URI.create("http://user@x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
