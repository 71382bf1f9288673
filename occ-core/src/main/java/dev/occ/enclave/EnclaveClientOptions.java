package dev.occ.enclave;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.internal.OptionRanges;
import dev.occ.json.JsonLimits;
import java.time.Duration;

/** The limits of an {@link EnclaveClient}. Immutable. */
@CheckReturnValue
public final class EnclaveClientOptions {
  /**
   * 8 connections; 5 s to connect, 30 s for a request in all, connections kept for 20 s without
   * use, answers of 4 MiB.
   */
  public static final EnclaveClientOptions DEFAULT = builder().build();

  private final int maxConnections;
  private final int maxAnswerBytes;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration maxIdle;

  private EnclaveClientOptions(Builder builder) {
    maxConnections = builder.maxConnections;
    maxAnswerBytes = builder.maxAnswerBytes;
    connectTimeout = builder.connectTimeout;
    requestTimeout = builder.requestTimeout;
    maxIdle = builder.maxIdle;
  }

  /**
   * A builder that starts with the default values.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  int maxConnections() {
    return maxConnections;
  }

  int maxAnswerBytes() {
    return maxAnswerBytes;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Duration maxIdle() {
    return maxIdle;
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private int maxConnections = 8;
    private int maxAnswerBytes = 4 * 1024 * 1024;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration maxIdle = Duration.ofSeconds(20);

    private Builder() {}

    /**
     * Sets how many connections there are at most, and so how many requests run at once; further
     * ones wait for their turn.
     *
     * @param connections 1 to 4096
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxConnections(int connections) {
      maxConnections = OptionRanges.inRange(connections, 1, 4096, "maxConnections");
      return this;
    }

    /**
     * Sets how long an answer may be.
     *
     * @param bytes 2 to 64 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxAnswerBytes(int bytes) {
      maxAnswerBytes =
          OptionRanges.inRange(bytes, 2, JsonLimits.LARGEST_MAX_BYTES, "maxAnswerBytes");
      return this;
    }

    /**
     * Sets how long connecting may take.
     *
     * @param timeout 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = OptionRanges.timeout(timeout, "connectTimeout");
      return this;
    }

    /**
     * Sets how long a request may take, from the call to its result: the wait for a connection, a
     * repetition on a fresh one, and the enclave's work.
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
     * Sets how long an unused connection is kept; shorter than the server's idle timeout, so that a
     * request never meets a connection that is just being closed.
     *
     * @param time 1 ms to 1 h
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxIdle(Duration time) {
      maxIdle = OptionRanges.timeout(time, "maxIdle");
      return this;
    }

    /**
     * The options.
     *
     * @return an immutable value
     */
    public EnclaveClientOptions build() {
      return new EnclaveClientOptions(this);
    }
  }
}
