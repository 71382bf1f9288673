package dev.occ.enclave;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.internal.OptionRanges;
import dev.occ.json.JsonLimits;
import java.time.Duration;

/** The limits of an {@link EnclaveServer}. Immutable; {@link #DEFAULT} holds those of spec 13. */
@CheckReturnValue
public final class EnclaveServerOptions {
  /**
   * 64 connections served at once and 256 waiting; requests of 4 MiB and 30 s; an eighth of the
   * JVM's heap, 8 to 32 MiB, for all that arrive at once, and a sixth, 16 MiB to 1 GiB, for all
   * that are carried out; 60 s between requests, 30 s to take an answer, 10 s to stop.
   */
  public static final EnclaveServerOptions DEFAULT = builder().build();

  private static final int MIB = 1024 * 1024;

  private final int workers;
  private final int maxQueued;
  private final int maxRequestBytes;
  private final int maxBufferedBytes;
  private final int maxParsedBytes;
  private final Duration requestTimeout;
  private final Duration idleTimeout;
  private final Duration writeTimeout;
  private final Duration stopTimeout;

  private EnclaveServerOptions(Builder builder) {
    workers = builder.workers;
    maxQueued = builder.maxQueued;
    maxRequestBytes = builder.maxRequestBytes;
    maxBufferedBytes = Math.max(builder.maxBufferedBytes, 2 * builder.maxRequestBytes);
    maxParsedBytes =
        Math.max(builder.maxParsedBytes, 4 * Math.min(builder.maxRequestBytes, MIB * 4));
    requestTimeout = builder.requestTimeout;
    idleTimeout = builder.idleTimeout;
    writeTimeout = builder.writeTimeout;
    stopTimeout = builder.stopTimeout;
  }

  /**
   * A builder that starts with the default values.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  int workers() {
    return workers;
  }

  int maxQueued() {
    return maxQueued;
  }

  int maxRequestBytes() {
    return maxRequestBytes;
  }

  int maxBufferedBytes() {
    return maxBufferedBytes;
  }

  int maxParsedBytes() {
    return maxParsedBytes;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  Duration writeTimeout() {
    return writeTimeout;
  }

  Duration stopTimeout() {
    return stopTimeout;
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private int workers = 64;
    private int maxQueued = 256;
    private int maxRequestBytes = 4 * 1024 * 1024;
    private int maxBufferedBytes = ofHeap(8, 8 * MIB, 32 * MIB);
    private int maxParsedBytes = ofHeap(6, 16 * MIB, 1024 * MIB);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private Duration writeTimeout = Duration.ofSeconds(30);
    private Duration stopTimeout = Duration.ofSeconds(10);

    private Builder() {}

    /** A share of the heap that the JVM may use, within bounds. */
    private static int ofHeap(int share, int least, int most) {
      return (int) Math.max(least, Math.min(most, Runtime.getRuntime().maxMemory() / share));
    }

    /**
     * Sets how many connections are served at once, each by a thread of its own. One that is kept
     * alive counts while it is idle; if others wait, it is closed a second after its last answer,
     * and a new one that sends nothing after five.
     *
     * @param threads 1 to 4096
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder workers(int threads) {
      workers = OptionRanges.inRange(threads, 1, 4096, "workers");
      return this;
    }

    /**
     * Sets how many accepted connections may wait for a worker; further ones are answered {@code
     * busy} at once.
     *
     * @param connections 1 to 65 536
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxQueuedConnections(int connections) {
      maxQueued = OptionRanges.inRange(connections, 1, 65_536, "maxQueuedConnections");
      return this;
    }

    /**
     * Sets how long a request may be.
     *
     * @param bytes from the opening to the closing brace, 2 to 64 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxRequestBytes(int bytes) {
      maxRequestBytes =
          OptionRanges.inRange(bytes, 2, JsonLimits.LARGEST_MAX_BYTES, "maxRequestBytes");
      return this;
    }

    /**
     * Sets how much of requests that are arriving, on all connections together, is kept in memory,
     * beyond 8 KiB each; a request for which there is no room is answered {@code busy}. At least
     * twice the longest request is always used, so that one fits.
     *
     * @param bytes 0 to 1 GiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxBufferedBytes(int bytes) {
      maxBufferedBytes = OptionRanges.inRange(bytes, 0, 1024 * 1024 * 1024, "maxBufferedBytes");
      return this;
    }

    /**
     * Sets how much memory all requests that are carried out may take together, once they are
     * parsed ({@link dev.occ.json.JsonWeight}): a document of many small values takes forty times
     * its bytes. A request for which there is no room now is answered {@code busy}, one that would
     * never have room {@code request-too-large}; neither is parsed. At least four times the longest
     * request, and no more than 16 MiB of that, is always used, so that one of plain text fits.
     *
     * @param bytes 0 to 1 GiB; a sixth of the JVM's heap, 16 MiB to 1 GiB, unless set
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxParsedBytes(int bytes) {
      maxParsedBytes = OptionRanges.inRange(bytes, 0, 1024 * MIB, "maxParsedBytes");
      return this;
    }

    /**
     * Sets how long a request may take to arrive, from its first byte to its last.
     *
     * @param timeout 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = OptionRanges.timeout(timeout, "requestTimeout");
      return this;
    }

    /**
     * Sets how long a connection may stay without a request, before the first and between two.
     *
     * @param timeout 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = OptionRanges.timeout(timeout, "idleTimeout");
      return this;
    }

    /**
     * Sets how long a peer may take to read an answer.
     *
     * @param timeout 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder writeTimeout(Duration timeout) {
      writeTimeout = OptionRanges.timeout(timeout, "writeTimeout");
      return this;
    }

    /**
     * Sets how long {@link EnclaveServer#close()} waits for requests in flight.
     *
     * @param timeout 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder stopTimeout(Duration timeout) {
      stopTimeout = OptionRanges.timeout(timeout, "stopTimeout");
      return this;
    }

    /**
     * The options.
     *
     * @return an immutable value
     */
    public EnclaveServerOptions build() {
      return new EnclaveServerOptions(this);
    }
  }
}
