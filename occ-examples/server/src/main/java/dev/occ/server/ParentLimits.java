package dev.occ.server;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/** The limits of a {@link ParentServer}. Immutable; {@code docs/http-api.md} lists the defaults. */
@CheckReturnValue
public final class ParentLimits {
  /** The limits of {@code docs/http-api.md}. */
  public static final ParentLimits DEFAULT = builder().build();

  private static final long VERIFY_WEIGHT_PER_BYTE = 16;

  private final Builder values;

  private ParentLimits(Builder values) {
    this.values = values;
  }

  /**
   * A builder that starts with the default values.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  int maxBodyBytes() {
    return values.maxBodyBytes;
  }

  int maxBodiesBytes() {
    return values.maxBodiesBytes;
  }

  int maxConnections() {
    return values.maxConnections;
  }

  int maxRequests() {
    return values.maxRequests;
  }

  int enclaveConnections() {
    return values.enclaveConnections;
  }

  int slotQuota() {
    return values.slotQuota;
  }

  int totalSlotQuota() {
    return values.totalSlotQuota;
  }

  int challengeQuota() {
    return values.challengeQuota;
  }

  int totalChallengeQuota() {
    return values.totalChallengeQuota;
  }

  int chainQuota() {
    return values.chainQuota;
  }

  int maxVerifyBytes() {
    return values.maxVerifyBytes;
  }

  /** What a body of {@code /verify} may weigh once it is parsed: most have a few bytes a value. */
  long maxVerifyWeight() {
    return VERIFY_WEIGHT_PER_BYTE * values.maxVerifyBytes;
  }

  int maxAnswersBytes() {
    return values.maxAnswersBytes;
  }

  Duration slotLifetime() {
    return values.slotLifetime;
  }

  Duration headerTimeout() {
    return values.headerTimeout;
  }

  Duration bodyTimeout() {
    return values.bodyTimeout;
  }

  Duration idleTimeout() {
    return values.idleTimeout;
  }

  Duration writeTimeout() {
    return values.writeTimeout;
  }

  Duration workTimeout() {
    return values.workTimeout;
  }

  Duration enclaveTimeout() {
    return values.enclaveTimeout;
  }

  Duration stopTimeout() {
    return values.stopTimeout;
  }

  Duration probeInterval() {
    return values.probeInterval;
  }

  /** Collects limits. Not safe for use by several threads at once. */
  public static final class Builder implements Cloneable {
    private int maxBodyBytes = 1024 * 1024;
    private int maxBodiesBytes = 32 * 1024 * 1024;
    private int maxConnections = 1024;
    private int maxRequests = 256;
    private int enclaveConnections = 8;
    private int slotQuota = 100;
    private int totalSlotQuota = 500;
    private int challengeQuota = 100;
    private int totalChallengeQuota = 400;
    private int chainQuota = 500;
    private int maxVerifyBytes = 256 * 1024;
    private int maxAnswersBytes = 64 * 1024 * 1024;
    private Duration slotLifetime = Duration.ofMinutes(2);
    private Duration headerTimeout = Duration.ofSeconds(10);
    private Duration bodyTimeout = Duration.ofSeconds(20);
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration writeTimeout = Duration.ofMinutes(1);
    private Duration workTimeout = Duration.ofSeconds(50);
    private Duration enclaveTimeout = Duration.ofSeconds(10);
    private Duration stopTimeout = Duration.ofSeconds(20);
    private Duration probeInterval = Duration.ofSeconds(5);

    private Builder() {}

    /**
     * Sets the longest body.
     *
     * @param bytes 1 KiB to 16 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxBodyBytes(int bytes) {
      maxBodyBytes = inRange(bytes, 1024, 16 * 1024 * 1024, "maxBodyBytes");
      return this;
    }

    /**
     * Sets how many bytes all bodies that are held at once may have, for callers with a key; half
     * as many again for those without.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxBodiesBytes(int bytes) {
      maxBodiesBytes = inRange(bytes, 1024, 1024 * 1024 * 1024, "maxBodiesBytes");
      return this;
    }

    /**
     * Sets how many connections are held at once; further ones wait to be accepted.
     *
     * @param connections 1 to 65536
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxConnections(int connections) {
      maxConnections = inRange(connections, 1, 65_536, "maxConnections");
      return this;
    }

    /**
     * Sets how many requests with a key are under way or wait at once; half as many again for
     * {@code /verify}, and as many for {@code /health} and {@code /key}. Further ones are refused.
     *
     * @param requests 2 to 65536
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxRequests(int requests) {
      maxRequests = inRange(requests, 2, 65_536, "maxRequests");
      return this;
    }

    /**
     * Sets how many connections there are to the enclave, and so how many requests it works on at
     * once for callers with a key; {@code /health} and {@code /key} have two of their own.
     *
     * @param connections 1 to 1024
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder enclaveConnections(int connections) {
      enclaveConnections = inRange(connections, 1, 1024, "enclaveConnections");
      return this;
    }

    /**
     * Sets how many unused slots of {@code /allocate-slot} there may be.
     *
     * @param perKey for one key, at least 1
     * @param total for all keys together, at least as many; less than the enclave's table
     * @return this builder
     * @throws IllegalArgumentException outside these ranges
     */
    @CanIgnoreReturnValue
    public Builder slotQuota(int perKey, int total) {
      slotQuota = inRange(perKey, 1, 1_000_000, "slotQuota per key");
      totalSlotQuota = inRange(total, perKey, 1_000_000, "slotQuota in total");
      return this;
    }

    /**
     * Sets how many challenges there may be in a minute.
     *
     * @param perKey for one key, at least 1
     * @param total for all keys together, at least as many; less than the enclave's table
     * @return this builder
     * @throws IllegalArgumentException outside these ranges
     */
    @CanIgnoreReturnValue
    public Builder challengeQuota(int perKey, int total) {
      challengeQuota = inRange(perKey, 1, 1_000_000, "challengeQuota per key");
      totalChallengeQuota = inRange(total, perKey, 1_000_000, "challengeQuota in total");
      return this;
    }

    /**
     * Sets how many chains one key may open in an epoch. A chain takes a place in the enclave's
     * table until the epoch ends.
     *
     * @param perKey at least 1; for all keys together less than the enclave's table
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder chainQuota(int perKey) {
      chainQuota = inRange(perKey, 1, 1_000_000, "chainQuota");
      return this;
    }

    /**
     * Sets the longest body of {@code /verify}. Once it is parsed it may weigh sixteen times as
     * much, which bounds its values.
     *
     * @param bytes 1 KiB to 16 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxVerifyBytes(int bytes) {
      maxVerifyBytes = inRange(bytes, 1024, 16 * 1024 * 1024, "maxVerifyBytes");
      return this;
    }

    /**
     * Sets how many bytes the proofs may have that all answers hold at once; a batch that would
     * exceed them gives back what was made by then, and one that would by itself is refused.
     *
     * @param bytes 1 KiB to 1 GiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxAnswersBytes(int bytes) {
      maxAnswersBytes = inRange(bytes, 1024, 1024 * 1024 * 1024, "maxAnswersBytes");
      return this;
    }

    /**
     * Sets how long the enclave keeps an unused slot.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder slotLifetime(Duration time) {
      slotLifetime = inRange(time, "slotLifetime");
      return this;
    }

    /**
     * Sets how long a request's header may take, from its first byte or the connection's start.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder headerTimeout(Duration time) {
      headerTimeout = inRange(time, "headerTimeout");
      return this;
    }

    /**
     * Sets how long a request's body may take as a whole.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder bodyTimeout(Duration time) {
      bodyTimeout = inRange(time, "bodyTimeout");
      return this;
    }

    /**
     * Sets how long a connection may be silent, between requests too.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder idleTimeout(Duration time) {
      idleTimeout = inRange(time, "idleTimeout");
      return this;
    }

    /**
     * Sets how long a client may take to read an answer.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder writeTimeout(Duration time) {
      writeTimeout = inRange(time, "writeTimeout");
      return this;
    }

    /**
     * Sets how long a request may take from its arrival on, waiting included; a batch gives back
     * what was made by then. Less than clients and proxies wait, who often stop after 60 s.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder workTimeout(Duration time) {
      workTimeout = inRange(time, "workTimeout");
      return this;
    }

    /**
     * Sets how long one request to the enclave may take.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder enclaveTimeout(Duration time) {
      enclaveTimeout = inRange(time, "enclaveTimeout");
      return this;
    }

    /**
     * Sets how long running requests get to end when the server is stopped.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder stopTimeout(Duration time) {
      stopTimeout = inRange(time, "stopTimeout");
      return this;
    }

    /**
     * Sets how often the enclave is asked whether it is up, for logs and metrics.
     *
     * @param time 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder probeInterval(Duration time) {
      probeInterval = inRange(time, "probeInterval");
      return this;
    }

    /**
     * The limits.
     *
     * @return an immutable value
     */
    public ParentLimits build() {
      return new ParentLimits(copy());
    }

    private Builder copy() {
      try {
        return (Builder) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("this class can be cloned", e);
      }
    }

    private static int inRange(int value, int min, int max, String name) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(name + " must be " + min + " to " + max);
      }
      return value;
    }

    private static Duration inRange(Duration time, String name) {
      if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(name + " must be 1 ms to 1 day");
      }
      return time;
    }
  }
}
