package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.enclave.EnclaveException.Reason;
import dev.occ.enclave.Served.Transport;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EnclaveClientTest {
  private static final Bytes DIGEST = Bytes.sha256("artifact".getBytes(UTF_8));
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void everyAction_runningEnclave_givesTypedResults(Transport transport) throws Exception {
    try (Served served = Served.on(transport);
        EnclaveClient client = EnclaveClient.open(served.address())) {
      EnclaveIdentity identity = client.key();
      assertThat(identity.publicKey()).isEqualTo(served.epoch().publicKey());
      assertThat(identity.epochId()).isEqualTo(served.epoch().id());
      assertThat(identity.measurement()).isEqualTo("soft:dev");
      assertThat(client.allocateSlot().chainId()).isEqualTo("global");
      Slot slot = client.allocateSlot("tenant");
      JsonObject metadata = JsonObject.builder().put("k", new JsonString("\u00fc")).build();
      Proof proof =
          client.commitDigest(
              CommitRequest.builder(slot.id(), DIGEST)
                  .principal(Principal.of("me"))
                  .attribution(Attribution.of("n"))
                  .metadata(metadata)
                  .build());
      assertThat(proof.slotAllocation().orElseThrow()).isEqualTo(slot.allocation());
      assertThat(proof.metadata()).contains(metadata);
      assertThat(proof.principal().orElseThrow().id()).isEqualTo("me");
      assertThat(client.health()).isEqualTo(new EnclaveHealth(identity, 2));
    }
  }

  @Test
  void commitDigest_usedSlot_isRefusedWithTheCode() throws Exception {
    try (Served served = Served.on(Transport.TCP);
        EnclaveClient client = EnclaveClient.open(served.address())) {
      CommitRequest commit = CommitRequest.of(client.allocateSlot().id(), DIGEST);
      assertThat(client.commitDigest(commit).artifactDigest()).isEqualTo(DIGEST);
      EnclaveException refusal = failure(() -> client.commitDigest(commit));
      assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
      assertThat(refusal.code()).contains("slot-unknown");
      assertThat(refusal.mayHaveTakenEffect()).isFalse();
      assertThat(client.health().chains()).as("the connection is still good").isEqualTo(1);
    }
  }

  @Test
  void requests_severalOneAfterAnother_shareAConnection() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      List<Duration> connects = new ArrayList<>();
      Watchdog watchdog = new Watchdog("test");
      Connector real = Connectors.of(served.address(), watchdog);
      Connector counting =
          timeout -> {
            connects.add(timeout);
            return real.connect(timeout);
          };
      try (EnclaveClient client = EnclaveClient.builder(counting).build()) {
        for (int i = 0; i < 20; i++) {
          assertThat(client.allocateSlot().allocation().counter().bits()).isEqualTo(i + 1);
        }
      }
      watchdog.close();
      assertThat(connects).hasSize(1).allMatch(timeout -> timeout.toMillis() <= 5000);
    }
  }

  @Test
  void restart_betweenRequests_reconnectsAndReportsTheEpoch(@TempDir Path directory)
      throws Exception {
    EnclaveAddress address = EnclaveAddress.parse("unix:" + directory.resolve("s"));
    List<String> changes = new ArrayList<>();
    try (EnclaveClient client =
        EnclaveClient.builder(address)
            .epochListener((previous, current) -> changes.add(previous + ">" + current))
            .build()) {
      String first;
      String oldSlot;
      try (Epoch epoch = Epoch.open(SoftSigner.open());
          EnclaveServer server = serve(epoch, address)) {
        first = epoch.id();
        oldSlot = client.allocateSlot().id();
        assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
      }
      EnclaveException down = failure(client::health);
      assertThat(down.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(down.mayHaveTakenEffect()).isFalse();
      try (Epoch epoch = Epoch.open(SoftSigner.open());
          EnclaveServer server = serve(epoch, address)) {
        EnclaveException gone =
            failure(() -> client.commitDigest(CommitRequest.of(oldSlot, DIGEST)));
        assertThat(gone.code()).contains("slot-unknown");
        assertThat(client.health().identity().epochId()).isEqualTo(epoch.id());
        assertThat(client.allocateSlot().allocation().counter().bits()).isEqualTo(1);
        assertThat(changes).containsExactly(first + ">" + epoch.id());
        assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
      }
    }
  }

  private static EnclaveServer serve(Epoch epoch, EnclaveAddress address) throws Exception {
    return EnclaveServer.builder(epoch).listener(EnclaveListener.open(address)).start();
  }

  @Test
  void epochListener_throwing_doesNotLoseTheAnswer() throws Exception {
    List<Throwable> uncaught = new ArrayList<>();
    EpochWatch watch =
        new EpochWatch(
            (previous, current) -> {
              throw new IllegalStateException(previous + current);
            });
    Thread thread =
        new Thread(
            () -> {
              watch.observe("a");
              watch.observe("b");
              watch.observe("a"); // late, and no change back
              watch.observe("b");
            });
    thread.setUncaughtExceptionHandler((where, what) -> uncaught.add(what));
    thread.start();
    thread.join();
    assertThat(uncaught).singleElement().extracting(Throwable::getMessage).isEqualTo("ab");
  }

  @Test
  void request_enclaveTooSlow_isTimeoutOfUnknownOutcome() throws Exception {
    EnclaveClientOptions options = EnclaveClientOptions.builder().requestTimeout(SHORT).build();
    try (Served served = Served.on(Transport.TCP);
        EnclaveClient client = EnclaveClient.builder(served.address()).options(options).build()) {
      CommitRequest commit = CommitRequest.of(served.newSlot(), DIGEST);
      served.signer().hold();
      EnclaveException timeout = failure(() -> client.commitDigest(commit));
      assertThat(timeout.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(timeout.mayHaveTakenEffect()).isTrue();
    }
  }

  @Test
  void request_poolExhausted_isTimeoutWithoutEffect() throws Exception {
    EnclaveClientOptions options =
        EnclaveClientOptions.builder().maxConnections(1).requestTimeout(SHORT).build();
    try (Watchdog watchdog = new Watchdog("test")) {
      ConnectionPool full = new ConnectionPool(timeout -> noChannel(), options, watchdog);
      full.enter(SHORT);
      EnclaveException timeout = failure(() -> full.enter(SHORT));
      assertThat(timeout.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(timeout.mayHaveTakenEffect()).isFalse();
    }
  }

  @Test
  void request_interruptedWhileItWaitsForAConnection_hasNoEffect() throws Exception {
    EnclaveClientOptions options = EnclaveClientOptions.builder().maxConnections(1).build();
    try (Watchdog watchdog = new Watchdog("test")) {
      ConnectionPool full = new ConnectionPool(timeout -> noChannel(), options, watchdog);
      full.enter(SHORT);
      Future<Boolean> stillInterrupted =
          pool.submit(
              () -> {
                Thread.currentThread().interrupt();
                EnclaveException e = failure(() -> full.enter(Duration.ofMinutes(5)));
                assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
                assertThat(e.mayHaveTakenEffect()).isFalse();
                return Thread.interrupted();
              });
      assertThat(stillInterrupted.get()).isTrue();
      full.leave();
      full.enter(SHORT); // the place was not lost
    }
  }

  private static SocketChannel noChannel() {
    throw new AssertionError("no connection is asked for");
  }

  @Test
  void pool_closedMeanwhile_closesWhatComesAndWhatComesBack() throws Exception {
    try (Watchdog watchdog = new Watchdog("test")) {
      List<ConnectionPool> closing = new ArrayList<>();
      List<MemoryChannel> channels = new ArrayList<>();
      ConnectionPool connections =
          new ConnectionPool(
              timeout -> {
                closing.forEach(ConnectionPool::close);
                channels.add(new MemoryChannel(new byte[0]));
                return channels.get(channels.size() - 1);
              },
              EnclaveClientOptions.DEFAULT,
              watchdog);
      ClientConnection kept = connections.connect(SHORT);
      connections.giveBack(kept);
      assertThat(channels.get(0).isOpen()).as("kept for the next request").isTrue();
      ClientConnection used = connections.connect(SHORT);
      closing.add(connections);
      EnclaveException failure = failure(() -> connections.connect(SHORT));
      assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CLOSED);
      assertThat(channels).hasSize(3).noneMatch(SocketChannel::isOpen);
      connections.giveBack(used);
      assertThat(failure(connections::takeIdle).reason()).isEqualTo(Reason.CLIENT_CLOSED);
    }
  }

  @Test
  void pool_closed_closesAConnectionThatComesBack() throws Exception {
    try (Watchdog watchdog = new Watchdog("test")) {
      ConnectionPool connections =
          new ConnectionPool(timeout -> noChannel(), EnclaveClientOptions.DEFAULT, watchdog);
      connections.close();
      MemoryChannel channel = new MemoryChannel(new byte[0]);
      connections.giveBack(new ClientConnection(channel, watchdog, 1000));
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void request_enclaveBusy_isBusyWithoutEffect() throws Exception {
    EnclaveServerOptions small = Served.patient().workers(1).maxQueuedConnections(1).build();
    try (Served served = Served.on(Transport.UNIX, small);
        EnclaveClient client = EnclaveClient.open(served.address())) {
      String slot = served.newSlot();
      served.signer().hold();
      Future<JsonObject> inFlight =
          pool.submit(
              () ->
                  served.ask(
                      "{'action':'commitDigest','slotId':'"
                          + slot
                          + "','digestB64':'"
                          + DIGEST
                          + "'}"));
      served.signer().awaitHeld(1);
      try (PlainPeer queued = served.connect()) {
        EnclaveException busy = failure(client::health);
        assertThat(busy.reason()).isEqualTo(Reason.BUSY);
        assertThat(busy.code()).contains("busy");
        assertThat(busy.mayHaveTakenEffect()).isFalse();
        assertThat(queued.channel().isConnected()).isTrue();
        served.signer().release();
      }
      assertThat(inFlight.get().has("proof")).isTrue();
    }
  }

  @Test
  void request_interrupted_saysSoAndStaysInterrupted() throws Exception {
    try (Served served = Served.on(Transport.TCP);
        EnclaveClient client = EnclaveClient.open(served.address())) {
      served.signer().hold();
      Future<Boolean> interrupted =
          pool.submit(
              () -> {
                Thread worker = Thread.currentThread();
                Future<?> interrupter =
                    pool.submit(
                        () -> {
                          served.signer().awaitHeld(1);
                          worker.interrupt();
                          return null;
                        });
                EnclaveException e = failure(client::allocateSlot);
                assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
                assertThat(e.mayHaveTakenEffect()).isTrue();
                boolean still = Thread.interrupted();
                assertThat(interrupter.get()).isNull();
                return still;
              });
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void close_duringARequest_endsIt() throws Exception {
    try (Served served = Served.on(Transport.UNIX)) {
      EnclaveClient client = EnclaveClient.open(served.address());
      served.signer().hold();
      Future<EnclaveException> request = pool.submit(() -> failure(client::allocateSlot));
      served.signer().awaitHeld(1);
      client.close();
      assertThat(request.get().reason()).isEqualTo(Reason.CLIENT_CLOSED);
      assertThat(failure(client::key).reason()).isEqualTo(Reason.CLIENT_CLOSED);
    }
  }

  @Test
  void connect_nobodyListens_isUnavailable() throws Exception {
    EnclaveAddress address;
    try (Served served = Served.on(Transport.TCP)) {
      address = served.address();
    }
    try (EnclaveClient client = EnclaveClient.open(address)) {
      EnclaveException failure = failure(client::key);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.mayHaveTakenEffect()).isFalse();
    }
  }

  @Test
  void connect_enclaveNeverAccepts_isTimeout(@TempDir Path directory) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    EnclaveClientOptions options = EnclaveClientOptions.builder().connectTimeout(SHORT).build();
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, 1);
        EnclaveClient client =
            EnclaveClient.builder(EnclaveAddress.parse("unix:" + address.getPath()))
                .options(options)
                .build()) {
      assertThatThrownBy(() -> fillBacklog(address, waiting)).isInstanceOf(SocketException.class);
      EnclaveException failure = failure(client::key);
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(failure.mayHaveTakenEffect()).isFalse();
      assertThat(listener.isOpen()).isTrue();
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void connect_clientClosedJustBefore_endsAtOnce(@TempDir Path directory) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    EnclaveAddress target = EnclaveAddress.parse("unix:" + address.getPath());
    List<SocketChannel> waiting = new ArrayList<>();
    Watchdog watchdog = new Watchdog("test");
    ConnectionPool connections =
        new ConnectionPool(Connectors.of(target, watchdog), EnclaveClientOptions.DEFAULT, watchdog);
    try (ServerSocketChannel listener =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, 1)) {
      assertThatThrownBy(() -> fillBacklog(address, waiting)).isInstanceOf(SocketException.class);
      assertThat(connections.takeIdle()).as("open, and nothing there yet").isEmpty();
      connections.close();
      watchdog.finish();
      EnclaveException failure = failure(() -> connections.connect(Duration.ofMinutes(5)));
      assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CLOSED);
      assertThat(failure.mayHaveTakenEffect()).isFalse();
      assertThat(listener.isOpen()).isTrue();
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void request_clientClosedJustBefore_isNotTakenForATimeout() throws Exception {
    Watchdog watchdog = new Watchdog("test");
    List<ConnectionPool> closing = new ArrayList<>();
    MemoryChannel channel =
        new MemoryChannel(new byte[0], () -> closing.forEach(ConnectionPool::close));
    EnclaveClientOptions options = EnclaveClientOptions.DEFAULT;
    ConnectionPool connections =
        new ConnectionPool(
            timeout -> {
              watchdog.finish(); // so that the request has no time, as it begins
              return channel;
            },
            options,
            watchdog);
    closing.add(connections);
    JsonObject request = JsonObject.builder().put("action", "key").build();
    EnclaveException failure =
        failure(() -> new ClientCall(connections, request, true, options).perform());
    assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CLOSED);
    assertThat(failure.mayHaveTakenEffect()).isFalse();
    assertThat(channel.written()).isEmpty();
  }

  @Test
  void connector_timeLongerThanALongHolds_connects() throws Exception {
    try (Served served = Served.on(Transport.UNIX);
        SocketChannel channel =
            Connector.to(served.address()).connect(ChronoUnit.FOREVER.getDuration())) {
      assertThat(channel.isConnected()).isTrue();
    }
  }

  /** Connects until the system takes no more, which it says to channels that do not block. */
  private static void fillBacklog(UnixDomainSocketAddress address, List<SocketChannel> waiting)
      throws IOException {
    while (waiting.size() < 100) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      waiting.add(channel);
      channel.configureBlocking(false);
      channel.connect(address);
    }
  }

  @Test
  void open_unknownScheme_isMisuse() {
    assertThatThrownBy(() -> Connector.to(EnclaveAddress.parse("pigeon:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pigeon");
    assertThatThrownBy(() -> EnclaveClient.open(EnclaveAddress.parse("pigeon:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pigeon");
  }

  private static EnclaveException failure(ThrowingCallable call) {
    EnclaveException failure = catchThrowableOfType(EnclaveException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
