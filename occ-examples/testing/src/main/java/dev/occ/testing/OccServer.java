package dev.occ.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import com.sun.net.httpserver.HttpServer;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OCC server for tests, in this process: the HTTP API of spec 14 on a free port of the loopback
 * address, over a software signer. Its proofs are real: they verify, chain and are refused when
 * they are changed. Its key is in this process's memory, so they prove no hardware.
 *
 * <p>The enclave's tier is {@code stub}. A commit with {@code agency} takes one digest. Faults come
 * to order ({@link #failNext}, {@link #restart}).
 *
 * <p>Safe for use by many threads at once.
 */
@SuppressForbidden(
    "jdk.httpserver is an exported, documented module of the JDK; tests need no other server")
@CheckReturnValue
public final class OccServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads;
  private final TestEnclave enclave;
  private final String apiKey;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger commits = new AtomicInteger();
  private final Exchanges exchanges;

  private OccServer(HttpServer http, TestEnclave enclave) {
    this.http = http;
    this.enclave = enclave;
    byte[] key = new byte[16];
    new SecureRandom().nextBytes(key);
    apiKey = HexFormat.of().formatHex(key);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "occ-test-server");
              thread.setDaemon(true);
              return thread;
            });
    exchanges = new Exchanges(new Api(enclave), apiKey, faults, commits);
    http.setExecutor(threads);
    http.createContext("/", exchanges);
  }

  /**
   * Starts a server with the tier {@code stub}.
   *
   * @return the server, ready for requests
   */
  public static OccServer start() {
    return builder().start();
  }

  private static OccServer start(boolean measured) {
    TestEnclave enclave;
    try {
      enclave = TestEnclave.start(measured);
    } catch (EpochException e) {
      throw new IllegalStateException("the software signer failed", e);
    }
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      OccServer server = new OccServer(http, enclave);
      http.start();
      return server;
    } catch (IOException e) {
      enclave.close();
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A builder for another kind of server.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where the server is.
   *
   * @return an address as {@code http://127.0.0.1:49152}
   */
  public URI url() {
    InetSocketAddress address = http.getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /**
   * The one API key that may commit.
   *
   * @return 32 hex digits, fresh for each server
   */
  public String apiKey() {
    return apiKey;
  }

  /**
   * The public key of the epoch that is open now.
   *
   * @return Ed25519, 32 bytes
   */
  public Bytes publicKey() {
    return enclave.epoch().publicKey();
  }

  /**
   * What identifies the enclave's code.
   *
   * @return 96 hex digits if the server is measured, else {@code soft:dev}
   */
  public String measurement() {
    return enclave.epoch().measurement();
  }

  /**
   * A policy that this server's proofs fulfil and those of no other: it pins the key of the epoch
   * that is open now, or, for a measured server, the measurement, which outlives {@link #restart}.
   *
   * @return the policy; that of a measured server needs the root of {@link #verifier}
   */
  public VerificationPolicy policy() {
    return enclave.policy();
  }

  /**
   * A verifier under {@link #policy}, which trusts the root of a measured server.
   *
   * @return a new verifier
   */
  public ProofVerifier verifier() {
    return enclave.verifier();
  }

  /**
   * Ends the epoch and opens another, as a restart of an enclave does: the key, all chains and all
   * slots are new.
   */
  public void restart() {
    try {
      enclave.restart();
    } catch (EpochException e) {
      throw new IllegalStateException("the software signer failed", e);
    }
  }

  /**
   * Makes one of the next commits fail. Several faults are taken in the order in which they were
   * given, one a request.
   *
   * @param fault what goes wrong
   * @return this server
   */
  @CanIgnoreReturnValue
  public OccServer failNext(Fault fault) {
    faults.add(Objects.requireNonNull(fault, "fault"));
    return this;
  }

  /**
   * Counts the requests to {@code /commit} that named the right key.
   *
   * @return the number since the start, failed ones included
   */
  public int commitRequests() {
    return commits.get();
  }

  /** Ends the server and its epoch. Requests that hang are broken off. */
  @Override
  public void close() {
    exchanges.close();
    http.stop(0);
    threads.shutdownNow();
    enclave.close();
  }

  /** Collects what a server is to be. Not safe for use by several threads at once. */
  public static final class Builder {
    private boolean measured;

    private Builder() {}

    /**
     * A server whose proofs carry attestations of the real format, under a root of this server's
     * own: for tests of policies with a measurement. {@link OccServer#verifier} trusts that root.
     * The tier stays {@code stub}, because a software signer never calls itself measured.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder measured() {
      measured = true;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the server, ready for requests
     * @throws UncheckedIOException if no port can be had
     */
    public OccServer start() {
      return OccServer.start(measured);
    }
  }
}
