package dev.occ.enclave;

import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server on a fresh epoch and a fresh address, for one test. */
final class Served implements AutoCloseable {
  /** The kinds of sockets that every machine has. */
  enum Transport {
    TCP,
    UNIX
  }

  /** Never reached by a test that passes. */
  static final Duration LONG = Duration.ofMinutes(5);

  private final FakeSigner signer = new FakeSigner();
  private final Epoch epoch;
  private final Path directory;
  private final EnclaveAddress address;
  private final SocketAddress socketAddress;
  private final EnclaveServer server;

  private Served(
      Transport transport,
      EnclaveServerOptions options,
      PeerFilter filter,
      EpochOptions.Builder epochOptions)
      throws IOException, EpochException {
    epoch = Epoch.open(signer, epochOptions.maxChains(20).maxPendingSlots(400).build());
    directory = Files.createTempDirectory("occ");
    EnclaveListener listener =
        EnclaveListener.open(
            EnclaveAddress.parse(
                transport == Transport.TCP ? "tcp:127.0.0.1:0" : "unix:" + directory + "/sock"));
    if (transport == Transport.TCP) {
      InetSocketAddress bound = (InetSocketAddress) listener.channel().getLocalAddress();
      socketAddress = bound;
      address = EnclaveAddress.parse("tcp:127.0.0.1:" + bound.getPort());
    } else {
      socketAddress = UnixDomainSocketAddress.of(directory.resolve("sock"));
      address = EnclaveAddress.parse("unix:" + directory + "/sock");
    }
    server =
        EnclaveServer.builder(epoch)
            .listener(listener.withPeerFilter(filter))
            .options(options)
            .start();
  }

  static Served on(Transport transport) throws IOException, EpochException {
    return on(transport, patient().build());
  }

  static Served on(Transport transport, EnclaveServerOptions options)
      throws IOException, EpochException {
    return new Served(transport, options, PeerFilter.everyone(), EpochOptions.builder());
  }

  static Served on(EpochOptions.Builder epochOptions) throws IOException, EpochException {
    return new Served(Transport.TCP, patient().build(), PeerFilter.everyone(), epochOptions);
  }

  static Served filtered(PeerFilter filter) throws IOException, EpochException {
    return new Served(Transport.TCP, patient().build(), filter, EpochOptions.builder());
  }

  /** Options under which no timeout ends anything. */
  static EnclaveServerOptions.Builder patient() {
    return EnclaveServerOptions.builder()
        .requestTimeout(LONG)
        .idleTimeout(LONG)
        .writeTimeout(LONG)
        .stopTimeout(Duration.ofSeconds(20));
  }

  FakeSigner signer() {
    return signer;
  }

  Epoch epoch() {
    return epoch;
  }

  EnclaveServer server() {
    return server;
  }

  EnclaveAddress address() {
    return address;
  }

  Path directory() {
    return directory;
  }

  PlainPeer connect() throws IOException {
    return PlainPeer.connect(socketAddress);
  }

  JsonObject ask(String request) throws IOException, JsonException {
    return PlainPeer.ask(socketAddress, request.replace('\'', '"'));
  }

  /** The code of the error that a request gets. */
  String codeOf(String request) throws IOException, JsonException {
    return PlainPeer.text(ask(request), "code");
  }

  String newSlot() throws IOException, JsonException {
    return PlainPeer.text(ask("{'action':'allocateSlot'}"), "slotId");
  }

  @Override
  public void close() throws IOException {
    signer.release();
    server.close();
    epoch.close();
    Files.deleteIfExists(directory.resolve("sock"));
    Files.delete(directory);
  }
}
