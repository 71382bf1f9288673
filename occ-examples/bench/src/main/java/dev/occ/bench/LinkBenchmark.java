package dev.occ.bench;

import dev.occ.enclave.Connector;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Round trips of the enclave protocol (spec 13) between a server and a client in one process. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LinkBenchmark {
  private static final byte[] REQUEST = "{\"action\":\"key\"}".getBytes(StandardCharsets.US_ASCII);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The server, and a client that keeps its connection. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Link {
    /** What the sockets are. */
    @Param public LinkTransport transport = LinkTransport.UNIX;

    final byte[] answer = new byte[4096];
    final Bytes digest = Bytes.sha256(new byte[] {1});
    Connector connector;
    EnclaveClient client;
    private Path folder;
    private Epoch epoch;
    private EnclaveServer server;

    /** Starts both. */
    @Setup
    public void setUp() throws Exception {
      folder = Files.createTempDirectory("occ-link");
      epoch = Epoch.open(SoftSigner.open());
      EnclaveListener listener = transport.listen(folder);
      connector = transport.connector(listener, folder);
      server = EnclaveServer.builder(epoch).listener(listener).start();
      client = EnclaveClient.builder(connector).build();
    }

    /** Stops both. */
    @TearDown
    public void tearDown() throws IOException {
      client.close();
      server.close();
      epoch.close();
      Files.delete(folder);
    }
  }

  /** Asks for the key on a connection that stays. */
  @Benchmark
  public EnclaveIdentity keepAlive(Link link) throws EnclaveException {
    return link.client.key();
  }

  /** Connects, asks for the key, and reads until the server has closed. */
  @Benchmark
  public int oneShot(Link link) throws IOException {
    ByteBuffer answer = ByteBuffer.wrap(link.answer);
    try (SocketChannel channel = link.connector.connect(CONNECT)) {
      for (ByteBuffer request = ByteBuffer.wrap(REQUEST); request.hasRemaining(); ) {
        channel.write(request);
      }
      while (channel.read(answer) >= 0) {
        Require.holds(answer.hasRemaining(), "an answer fits its buffer");
      }
    }
    Require.holds(
        new String(link.answer, 0, answer.position(), StandardCharsets.US_ASCII)
            .contains("\"publicKeyB64\""),
        "the enclave names its key");
    return answer.position();
  }

  /** Slot and commit, two round trips on a connection that stays. */
  @Benchmark
  public Proof commit(Link link) throws EnclaveException {
    return link.client.commitDigest(CommitRequest.of(link.client.allocateSlot().id(), link.digest));
  }
}
