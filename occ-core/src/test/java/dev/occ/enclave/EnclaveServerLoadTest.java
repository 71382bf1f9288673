package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.enclave.Served.Transport;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(90)
class EnclaveServerLoadTest {
  private static final String KEY = "{\"action\":\"key\"}";
  private static final Bytes DIGEST = Bytes.sha256("artifact".getBytes(UTF_8));

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private static String commit(String slot) {
    return "{'action':'commitDigest','slotId':'" + slot + "','digestB64':'" + DIGEST + "'}";
  }

  @ParameterizedTest
  @EnumSource
  void connect_workersAndQueueFull_isBusyAtOnce(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().workers(1).maxQueuedConnections(1).build();
    try (Served served = Served.on(transport, options)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<JsonObject> worked = pool.submit(() -> served.ask(commit(slot)));
      served.signer().awaitHeld(1);
      try (PlainPeer queued = served.connect().send(KEY);
          PlainPeer refused = served.connect().send(KEY)) { // accepted in this order
        assertThat(PlainPeer.text(refused.readToEnd(), "code")).isEqualTo("busy");
        served.signer().release();
        assertThat(queued.readToEnd().has("publicKeyB64")).isTrue();
      }
      assertThat(worked.get().has("proof")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void connections_200AtOnce_areAllServed(Transport transport) throws Exception {
    try (Served served = Served.on(transport)) {
      CyclicBarrier together = new CyclicBarrier(200);
      List<Callable<Proof>> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(
            () -> {
              together.await(60, TimeUnit.SECONDS);
              JsonObject answer = served.ask(commit(served.newSlot()));
              return Proof.of(answer.get("proof").orElseThrow());
            });
      }
      assertSound(results(clients));
    }
  }

  @Test
  void clients_concurrentOnFewChains_keepEveryChainSound() throws Exception {
    try (Served served = Served.on(Transport.UNIX);
        EnclaveClient client = EnclaveClient.open(served.address())) {
      List<Callable<List<Proof>>> threads = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        String chain = "chain-" + t % 3;
        threads.add(
            () -> {
              List<Proof> proofs = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                Slot slot = client.allocateSlot(chain);
                proofs.add(client.commitDigest(CommitRequest.of(slot.id(), DIGEST)));
              }
              return proofs;
            });
      }
      List<Proof> all = results(threads).stream().flatMap(List::stream).toList();
      assertThat(all).hasSize(400);
      all.stream()
          .collect(Collectors.groupingBy(proof -> proof.commit().chain()))
          .values()
          .forEach(EnclaveServerLoadTest::assertSound);
    }
  }

  /** One unbroken line, and no counter or slot twice. */
  private static void assertSound(List<Proof> chain) {
    List<Proof> ordered = new ArrayList<>(chain);
    ordered.sort(Comparator.comparing(proof -> proof.commit().counter().orElseThrow()));
    Optional<Bytes> prev = Optional.empty();
    Set<Counter> counters = new HashSet<>();
    Set<Bytes> nonces = new HashSet<>();
    for (Proof proof : ordered) {
      assertThat(proof.commit().prev()).isEqualTo(prev);
      assertThat(counters.add(proof.commit().counter().orElseThrow())).isTrue();
      assertThat(counters.add(proof.commit().slotCounter().orElseThrow())).isTrue();
      assertThat(nonces.add(proof.commit().nonce())).isTrue();
      prev = Optional.of(proof.sealedHash());
    }
  }

  private <T> List<T> results(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : pool.invokeAll(tasks)) {
      results.add(future.get());
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource
  void stop_commitInFlight_endsItAndRefusesTheOthers(Transport transport) throws Exception {
    EnclaveServerOptions options = Served.patient().workers(4).maxQueuedConnections(4).build();
    try (Served served = Served.on(transport, options)) {
      List<String> slots = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        slots.add(served.newSlot());
      }
      served.signer().hold();
      Future<JsonObject> inFlight = pool.submit(() -> served.ask(commit(slots.get(0))));
      served.signer().awaitHeld(1);
      try (PlainPeer begun = served.connect().send("{\"action\":");
          PlainPeer idle = served.connect();
          PlainPeer kept = served.connect()) {
        assertThat(kept.send("{\"action\":\"key\",\"keepAlive\":true}").readLine()).contains("{");
        Future<Boolean> stopping = pool.submit(() -> served.server().stop(Duration.ofSeconds(60)));
        assertThat(PlainPeer.text(begun.readToEnd(), "code")).isEqualTo("closing");
        assertThat(PlainPeer.text(idle.readToEnd(), "code")).isEqualTo("closing");
        assertThat(kept.readText()).isEmpty();
        assertThat(served.codeOf(KEY)).as("while a commit ends").isEqualTo("closing");
        served.signer().release();
        assertThat(stopping.get()).isTrue();
      }
      assertThat(inFlight.get().has("proof")).isTrue();
      assertThatThrownBy(() -> served.ask(KEY)).isInstanceOf(IOException.class);
      assertThat(served.epoch().isClosed()).as("the epoch is the caller's").isFalse();
      assertThat(Files.exists(served.directory().resolve("sock"))).isFalse();
    }
  }

  @Test
  void stop_queuedConnections_areToldSo() throws Exception {
    EnclaveServerOptions options = Served.patient().workers(1).build();
    try (Served served = Served.on(Transport.TCP, options)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<JsonObject> inFlight = pool.submit(() -> served.ask(commit(slot)));
      served.signer().awaitHeld(1);
      try (PlainPeer queued = served.connect().send(KEY)) {
        awaitQueued(served);
        Future<Boolean> stopping = pool.submit(() -> served.server().stop(Duration.ofSeconds(60)));
        assertThat(PlainPeer.text(queued.readToEnd(), "code")).isEqualTo("closing");
        served.signer().release();
        assertThat(stopping.get()).isTrue();
        assertThat(inFlight.get().has("proof")).isTrue();
      }
    }
  }

  /** What comes back for a commit, which may be nothing. */
  private static String textOfCommit(Served served, String slot) throws IOException {
    try (PlainPeer peer = served.connect()) {
      return peer.send(commit(slot).replace('\'', '"')).readText();
    }
  }

  @Test
  void stop_requestLongerThanAllowed_isCutOff() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<String> inFlight = pool.submit(() -> textOfCommit(served, slot));
      served.signer().awaitHeld(1);
      assertThat(served.server().stop(Duration.ZERO)).isFalse();
      assertThat(served.server().stop(Duration.ZERO)).as("again").isFalse();
      assertThat(served.server().awaitStopped(Duration.ZERO)).isTrue();
      assertThat(inFlight.get()).isEmpty();
    }
  }

  @Test
  void stop_forAsLongAsItTakes_ends() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    try (Served served = Served.on(Transport.TCP)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<JsonObject> inFlight = pool.submit(() -> served.ask(commit(slot)));
      served.signer().awaitHeld(1);
      Future<Boolean> stopping = pool.submit(() -> served.server().stop(forever));
      Future<Boolean> waiting = pool.submit(() -> served.server().awaitStopped(forever));
      served.signer().release();
      assertThat(stopping.get()).isTrue();
      assertThat(waiting.get()).isTrue();
      assertThat(inFlight.get().has("proof")).isTrue();
    }
  }

  @Test
  void stop_interrupted_cutsOffAtOnceAndStaysInterrupted() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<String> inFlight = pool.submit(() -> textOfCommit(served, slot));
      served.signer().awaitHeld(1);
      Future<Boolean> stopped =
          pool.submit(
              () -> {
                Thread.currentThread().interrupt();
                boolean inTime = served.server().stop(Served.LONG);
                return inTime || !Thread.interrupted();
              });
      assertThat(stopped.get()).as("in time, or not interrupted any more").isFalse();
      assertThat(inFlight.get()).isEmpty();
      assertThat(served.server().awaitStopped(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void stop_again_waitsForTheFirstAndSaysTheSame() throws Exception {
    try (Served served = Served.on(Transport.TCP)) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<JsonObject> inFlight = pool.submit(() -> served.ask(commit(slot)));
      served.signer().awaitHeld(1);
      Future<Boolean> first = pool.submit(() -> served.server().stop(Served.LONG));
      while (!served.codeOf(KEY).equals("closing")) {
        Thread.sleep(1); // until the first one has begun
      }
      Thread again = new Thread(() -> served.server().close());
      again.start();
      while (again.getState() != Thread.State.WAITING) {
        Thread.sleep(1); // a state to wait for, not a time
      }
      Future<Boolean> interrupted =
          pool.submit(
              () -> {
                Thread.currentThread().interrupt();
                boolean inTime = served.server().stop(Duration.ZERO);
                return inTime || !Thread.interrupted();
              });
      assertThat(interrupted.get()).as("in time, or not interrupted any more").isFalse();
      served.signer().release();
      assertThat(first.get()).isTrue();
      again.join();
      assertThat(served.server().stop(Duration.ZERO)).isTrue();
      assertThat(inFlight.get().has("proof")).isTrue();
    }
  }

  @Test
  void stop_listenerFailsUnexpectedly_closesTheOthersAndIsOver() throws Exception {
    EnclaveListener other = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      EnclaveServer server =
          EnclaveServer.builder(epoch)
              .listener(
                  FailingListener.onClose(
                      () -> {
                        throw new IllegalStateException("a bug");
                      }))
              .listener(other)
              .start();
      assertThat(server.stop(Duration.ofSeconds(20))).isTrue();
      assertThat(server.stop(Duration.ofSeconds(20))).as("again").isTrue();
      assertThat(other.channel().isOpen()).isFalse();
    }
  }

  @Test
  void stop_failsUnexpectedly_keepsNobodyWaiting() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      EnclaveServer server =
          EnclaveServer.builder(epoch)
              .listener(
                  FailingListener.onClose(
                      () -> {
                        throw new AssertionError("a bug");
                      }))
              .start();
      assertThatThrownBy(() -> server.stop(Duration.ofSeconds(20)))
          .isInstanceOf(AssertionError.class);
      assertThat(server.awaitStopped(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void stop_afterAllKindsOfWork_leavesNoThread() throws Exception {
    Served served = Served.on(Transport.TCP);
    try (EnclaveClient client = EnclaveClient.open(served.address())) {
      assertThat(client.health().chains()).isZero();
      assertThat(served.codeOf("[")).isEqualTo("malformed");
      assertThat(enclaveThreads())
          .filteredOn(thread -> thread.getName().startsWith("occ-enclave-worker"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
    served.close();
    for (Thread thread : enclaveThreads()) {
      thread.join(10_000); // ended, as a pool counts; the last instructions may still run
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static List<Thread> enclaveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("occ-enclave"))
        .toList();
  }

  @Test
  void keepAlive_othersWait_isNotKept() throws Exception {
    EnclaveServerOptions options = Served.patient().workers(1).build();
    try (Served served = Served.on(Transport.TCP, options);
        PlainPeer first = served.connect()) {
      served.signer().hold();
      first.send("{\"action\":\"allocateSlot\",\"keepAlive\":true}");
      served.signer().awaitHeld(1);
      try (PlainPeer waiting = served.connect().send(KEY)) {
        awaitQueued(served);
        served.signer().release();
        assertThat(first.readText()).as("no newline").endsWith("}");
        assertThat(waiting.readToEnd().has("publicKeyB64")).isTrue();
      }
    }
  }

  /** Waits until a connection waits for the only worker, which is held up. */
  private static void awaitQueued(Served served) throws InterruptedException {
    while (!served.server().hasQueued()) {
      Thread.sleep(1); // a state to wait for, not a time
    }
  }

  @Test
  void keepAlive_idleWhileOthersWait_makesRoom() throws Exception {
    EnclaveServerOptions options = Served.patient().workers(1).build();
    try (Served served = Served.on(Transport.UNIX, options);
        PlainPeer idle = served.connect()) {
      assertThat(idle.send("{\"action\":\"key\",\"keepAlive\":true}").readLine()).contains("{");
      assertThat(served.ask(KEY).has("publicKeyB64")).isTrue();
      assertThat(idle.readText()).isEmpty();
    }
  }

  @Test
  void connect_silentWhileOthersWait_makesRoom() throws Exception {
    EnclaveServerOptions options = Served.patient().workers(1).build();
    try (Served served = Served.on(Transport.UNIX, options);
        PlainPeer silent = served.connect();
        PlainPeer waiting = served.connect().send(KEY)) {
      assertThat(waiting.readToEnd().has("publicKeyB64")).isTrue();
      assertClosed(silent);
    }
  }

  @Test
  void listeners_several_areServedAtOnce() throws Exception {
    EnclaveListener first = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    ServerSocketChannel second =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (Epoch epoch = Epoch.open(SoftSigner.open());
        EnclaveServer server =
            EnclaveServer.builder(epoch).listener(first).listener(second).start()) {
      for (ServerSocketChannel channel : List.of(first.channel(), second)) {
        assertThat(PlainPeer.ask(channel.getLocalAddress(), KEY).has("epochId")).isTrue();
      }
      assertThat(server.stop(Duration.ofSeconds(20))).isTrue();
      assertThat(first.channel().isOpen()).isFalse();
      assertThat(second.isOpen()).isFalse();
    }
  }

  @Test
  void accept_failing_goesOnAfterwards() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open());
        FailingListener listener = new FailingListener(5);
        EnclaveServer server = EnclaveServer.builder(epoch).listener(listener).start()) {
      assertThat(PlainPeer.ask(listener.getLocalAddress(), KEY).has("epochId")).isTrue();
      assertThat(listener.failuresLeft()).isZero();
      assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
    }
  }

  /** Trying again at once would only burn time: 10, 20, 40 and 80 ms are between five failures. */
  @Test
  void accept_failing_waitsLongerEachTime() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open());
        FailingListener listener = new FailingListener(5)) {
      long start = System.nanoTime();
      try (EnclaveServer server = EnclaveServer.builder(epoch).listener(listener).start()) {
        while (listener.failuresLeft() > 0) {
          Thread.sleep(1);
        }
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(120));
        assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
      }
    }
  }

  @Test
  void peerFilter_refusing_closesWithoutAnswer() throws Exception {
    try (Served served = Served.filtered(channel -> false);
        PlainPeer peer = served.connect()) {
      assertClosed(peer);
    }
  }

  @Test
  void peerFilter_failing_refuses() throws Exception {
    PeerFilter failing =
        channel -> {
          throw new IllegalStateException("a bug");
        };
    try (Served served = Served.filtered(failing);
        PlainPeer peer = served.connect()) {
      assertClosed(peer);
    }
  }

  private static void assertClosed(PlainPeer peer) throws IOException {
    String text;
    try {
      text = peer.readText();
    } catch (IOException e) {
      text = ""; // a reset says the same
    }
    assertThat(text).isEmpty();
  }

  @Test
  void peerFilter_loopback_servesThisMachine() throws Exception {
    try (Served served = Served.filtered(PeerFilter.loopback())) {
      assertThat(served.ask(KEY).has("epochId")).isTrue();
    }
  }

  @Test
  void start_withoutListener_isMisuse() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      assertThatThrownBy(() -> EnclaveServer.builder(epoch).start())
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
