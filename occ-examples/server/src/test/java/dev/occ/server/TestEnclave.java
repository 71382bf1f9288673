package dev.occ.server;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An enclave on a port of its own, which can go away and come back with a new epoch. */
final class TestEnclave implements AutoCloseable {
  private final int port;
  private TestSigner signer;
  private Epoch epoch;
  private EnclaveServer server;

  private TestEnclave(TestSigner signer, EpochOptions options) throws IOException, EpochException {
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    this.port = ((InetSocketAddress) listener.channel().getLocalAddress()).getPort();
    this.signer = signer;
    epoch = Epoch.open(signer, options);
    server = EnclaveServer.builder(epoch).listener(listener).start();
  }

  static TestEnclave start() throws IOException, EpochException {
    return start(TestSigner.stub());
  }

  static TestEnclave start(TestSigner signer) throws IOException, EpochException {
    return new TestEnclave(signer, EpochOptions.DEFAULT);
  }

  static TestEnclave start(EpochOptions options) throws IOException, EpochException {
    return new TestEnclave(TestSigner.stub(), options);
  }

  EnclaveAddress address() {
    return EnclaveAddress.parse("tcp:127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  TestSigner signer() {
    return signer;
  }

  Epoch epoch() {
    return epoch;
  }

  /** The process is gone: connections break, the port is closed. */
  void kill() {
    server.stop(Duration.ZERO);
    epoch.close();
  }

  /** A new process on the same port. */
  void startAgain(TestSigner next) throws IOException, EpochException {
    signer = next;
    epoch = Epoch.open(next);
    server = EnclaveServer.builder(epoch).listener(EnclaveListener.open(address())).start();
  }

  @Override
  public void close() {
    kill();
  }
}
