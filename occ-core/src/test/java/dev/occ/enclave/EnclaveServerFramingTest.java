package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.enclave.Served.Transport;
import dev.occ.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class EnclaveServerFramingTest {
  private static final String KEY = "{\"action\":\"key\"}";
  private static final String KEPT = "{\"action\":\"key\",\"keepAlive\":true}";
  private static final Duration SHORT = Duration.ofMillis(150);

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void oneShot_requestWithoutEnd_isAnsweredAndClosed(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      String text = peer.send(KEY).readText();
      assertThat(text).doesNotContain("\n").startsWith("{\"publicKeyB64\":").endsWith("}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneShot_halfClosedAfterRequest_isAnswered(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      assertThat(peer.send(KEY).shutdownOutput().readToEnd().has("publicKeyB64")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneShot_spaceAroundAndMoreBehind_isAnsweredOnce(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      assertThat(peer.send(" \r\n\t" + KEY + "\n" + KEY).readToEnd().has("publicKeyB64")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_byteAtATime_isAnswered(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      String request = "{\"action\":\"allocateSlot\",\"chainId\":\"}\u00e7\\\"{\"}";
      for (byte b : request.getBytes(UTF_8)) {
        peer.send(new byte[] {b});
      }
      assertThat(PlainPeer.text(peer.readToEnd(), "chainId")).isEqualTo("}\u00e7\"{");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepAlive_severalRequests_areEachAnsweredWithALine(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      for (int i = 0; i < 3; i++) {
        JsonObject answer = PlainPeer.object(peer.send(KEPT + "\n").readLine());
        assertThat(answer.has("publicKeyB64")).isTrue();
      }
      assertThat(peer.send(KEY).readText()).endsWith("}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepAlive_pipelined_areAnsweredInOrder(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        requests
            .append("{\"action\":\"allocateSlot\",\"keepAlive\":true")
            .append(" ".repeat(i * 7))
            .append("} ");
      }
      peer.send(requests.toString());
      for (int i = 1; i <= 200; i++) {
        JsonObject slot = (JsonObject) PlainPeer.object(peer.readLine()).get("slot").orElseThrow();
        assertThat(PlainPeer.text(slot, "counter")).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void keepAlive_refusedRequest_staysOpen() throws Exception {
    try (Served served = Served.on(Transport.UNIX);
        PlainPeer peer = served.connect()) {
      peer.send("{\"action\":\"nothing\",\"keepAlive\":true}");
      assertThat(peer.readLine()).contains("unknown-action");
      assertThat(peer.send(KEPT).readLine()).contains("publicKeyB64");
    }
  }

  @Test
  void keepAlive_whiteSpaceOnly_isNoRequest() throws Exception {
    EnclaveServerOptions options = Served.patient().requestTimeout(SHORT).build();
    try (Served served = Served.on(Transport.TCP, options);
        PlainPeer peer = served.connect()) {
      peer.send(KEPT);
      assertThat(peer.readLine()).contains("publicKeyB64");
      assertThat(peer.send("\n \n").shutdownOutput().readText()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void connection_closedWithoutRequest_getsNoAnswer(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      assertThat(peer.shutdownOutput().readText()).isEmpty();
    }
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
            Arguments.of("[1]", "malformed"),
            Arguments.of("GET / HTTP/1.1\r\n\r\n", "malformed"),
            Arguments.of("\u0000\u0001\u0002", "malformed"),
            Arguments.of("{\"action\":}", "malformed"),
            Arguments.of("{'a':1}", "malformed"),
            Arguments.of("{]", "malformed"),
            Arguments.of("{\"a\":" + "[".repeat(64), "too-deep"),
            Arguments.of("{\"action\":" + "1".repeat(2000) + "}", "too-large"))
        .flatMap(
            one ->
                Stream.of(Transport.values())
                    .map(transport -> Arguments.of(transport, one.get()[0], one.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void garbage_whileTheSenderKeepsItsEndOpen_isAnsweredAndClosed(
      Transport transport, String garbage, String code) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      assertThat(PlainPeer.text(peer.send(garbage).readToEnd(), "code")).isEqualTo(code);
      assertThat(served.ask(KEY).has("publicKeyB64")).isTrue();
    }
  }

  @Test
  void request_notUtf8_isInvalidUtf8() throws Exception {
    try (Served served = Served.on(Transport.TCP);
        PlainPeer peer = served.connect()) {
      peer.send("{\"action\":\"").send(new byte[] {(byte) 0xC0, (byte) 0x80}).send("\"}");
      assertThat(PlainPeer.text(peer.readToEnd(), "code")).isEqualTo("invalid-utf8");
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_halfClosedTooEarly_isMalformed(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        PlainPeer peer = served.connect()) {
      peer.send("{\"action\":\"key\"").shutdownOutput();
      assertThat(PlainPeer.text(peer.readToEnd(), "code")).isEqualTo("malformed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_overTheLimit_isTooLargeAndAtItIsNot(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().maxRequestBytes(100_000).build();
    try (Served served = Served.on(transport, options)) {
      String frame = "{\"action\":\"key\"}";
      String fits = frame.replace("}", " ".repeat(100_000 - frame.length()) + "}");
      assertThat(served.ask(fits).has("publicKeyB64")).isTrue();
      assertThat(served.codeOf(fits.replace("\"key\"", "\"key\" "))).isEqualTo("request-too-large");
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_overTheLimitWithoutEnd_isAnsweredWhileItIsSent(Transport transport)
      throws Exception {
    EnclaveServerOptions options = Served.patient().maxRequestBytes(1000).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      peer.send("{\"slotId\":\"" + "x".repeat(3_000_000)); // far more than any socket buffers
      assertThat(PlainPeer.text(peer.readToEnd(), "code")).isEqualTo("request-too-large");
    }
  }

  @Test
  void requests_moreThanTheSharedMemory_areBusyAndTheMemoryComesBack() throws Exception {
    EnclaveServerOptions options =
        Served.patient().maxRequestBytes(64 * 1024).maxBufferedBytes(0).build();
    try (Served served = Served.on(Transport.UNIX, options)) {
      String begin = "{\"slotId\":\"" + "x".repeat(60_000);
      record Answer(PlainPeer peer, String text) {}
      ExecutorCompletionService<Answer> answers = new ExecutorCompletionService<>(pool);
      List<PlainPeer> peers = new ArrayList<>();
      for (int i = 0; i < 3; i++) { // two fit
        PlainPeer peer = served.connect().send(begin);
        peers.add(peer);
        answers.submit(() -> new Answer(peer, peer.readText()));
      }
      Answer first = answers.take().get();
      assertThat(first.text()).contains("\"busy\"");
      assertThat(peers.remove(first.peer())).isTrue();
      first.peer().close();
      for (PlainPeer peer : peers) {
        peer.send("\"}");
      }
      for (int i = 0; i < 2; i++) {
        Answer other = answers.take().get();
        assertThat(other.text()).contains("missing-member");
        other.peer().close();
      }
      assertThat(served.codeOf(begin + "\"}")).isEqualTo("missing-member");
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_tooSlow_isToldSoAndClosed(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().requestTimeout(SHORT).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      assertThat(PlainPeer.text(peer.send("{\"action\":").readToEnd(), "code"))
          .isEqualTo("request-timeout");
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_byteAtATimeForEver_isToldSoAndClosed(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().requestTimeout(SHORT).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      peer.send("{\"slotId\":\"");
      Future<?> dripping =
          pool.submit(
              () -> {
                while (true) { // each byte would start a new timeout of a read
                  peer.send("x");
                }
              });
      String answer = peer.readText();
      assertThatThrownBy(dripping::get).hasRootCauseInstanceOf(IOException.class);
      assertThat(answer).contains("request-timeout");
    }
  }

  @ParameterizedTest
  @EnumSource
  void connection_silent_isClosedWithoutAnswer(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().idleTimeout(SHORT).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      assertThat(peer.readText()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepAlive_silent_isClosedWithoutAnswer(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().idleTimeout(SHORT).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      assertThat(peer.send(KEPT).readLine()).contains("publicKeyB64");
      assertThat(peer.readText()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void peer_thatNeverReads_isClosedAndItsWorkerFreed(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().writeTimeout(SHORT).workers(1).build();
    try (Served served = Served.on(transport, options);
        PlainPeer peer = served.connect()) {
      peer.channel().configureBlocking(false);
      byte[] requests = KEPT.repeat(1000).getBytes(UTF_8);
      long sent = 0;
      try {
        while (true) { // answers pile up until the server can neither write nor read
          int written = peer.channel().write(ByteBuffer.wrap(requests));
          sent += written;
          if (written == 0) {
            Thread.onSpinWait();
          }
        }
      } catch (IOException e) {
        assertThat(sent).isPositive();
      }
      assertThat(served.ask(KEY).has("publicKeyB64")).isTrue();
    }
  }
}
