package dev.occ.epoch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The limits of an epoch. Immutable; {@link #DEFAULT} holds the values of spec 5. */
@CheckReturnValue
public final class EpochOptions {
  /** 120 s, 1000 pending slots, 10 000 chains, texts of 1024 characters, objects of 64 KiB. */
  public static final EpochOptions DEFAULT = builder().build();

  private static final Duration MAX_TTL = Duration.ofDays(1);

  private final Duration slotTtl;
  private final int maxPendingSlots;
  private final int maxChains;
  private final int maxTextLength;
  private final int maxObjectBytes;
  private final LongSupplier nanoClock;

  private EpochOptions(Builder builder) {
    slotTtl = builder.slotTtl;
    maxPendingSlots = builder.maxPendingSlots;
    maxChains = builder.maxChains;
    maxTextLength = builder.maxTextLength;
    maxObjectBytes = builder.maxObjectBytes;
    nanoClock = builder.nanoClock;
  }

  /**
   * A builder that starts with the default values.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How long a slot may wait for its commit.
   *
   * @return more than zero, at most a day
   */
  public Duration slotTtl() {
    return slotTtl;
  }

  /**
   * How many slots may wait at once, over all chains.
   *
   * @return at least 1
   */
  public int maxPendingSlots() {
    return maxPendingSlots;
  }

  /**
   * How many chains an epoch may have.
   *
   * @return at least 1
   */
  public int maxChains() {
    return maxChains;
  }

  /**
   * How long the chain's name and each text of principal and attribution may be.
   *
   * @return UTF-16 code units, at least 1
   */
  public int maxTextLength() {
    return maxTextLength;
  }

  /**
   * How large metadata, policy, principal and attribution may be, each.
   *
   * @return bytes of compact JSON, at least 2
   */
  public int maxObjectBytes() {
    return maxObjectBytes;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private Duration slotTtl = Duration.ofMinutes(2);
    private int maxPendingSlots = 1000;
    private int maxChains = 10_000;
    private int maxTextLength = 1024;
    private int maxObjectBytes = 64 * 1024;
    private LongSupplier nanoClock = System::nanoTime;

    private Builder() {}

    /**
     * Sets how long a slot may wait for its commit.
     *
     * @param ttl more than zero, at most a day
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder slotTtl(Duration ttl) {
      if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(MAX_TTL) > 0) {
        throw new IllegalArgumentException("slotTtl must be more than zero and at most a day");
      }
      this.slotTtl = ttl;
      return this;
    }

    /**
     * Sets how many slots may wait at once.
     *
     * @param max at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    @CanIgnoreReturnValue
    public Builder maxPendingSlots(int max) {
      this.maxPendingSlots = atLeast(1, max, "maxPendingSlots");
      return this;
    }

    /**
     * Sets how many chains there may be.
     *
     * @param max at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    @CanIgnoreReturnValue
    public Builder maxChains(int max) {
      this.maxChains = atLeast(1, max, "maxChains");
      return this;
    }

    /**
     * Sets how long the chain's name and each text of principal and attribution may be.
     *
     * @param max UTF-16 code units, 1 to 16 384, so that a proof stays within 1 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxTextLength(int max) {
      this.maxTextLength = atMost(16_384, atLeast(1, max, "maxTextLength"), "maxTextLength");
      return this;
    }

    /**
     * Sets how large metadata, policy, principal and attribution may be, each.
     *
     * @param max bytes of compact JSON, 2 to 131 072, so that a proof stays within 1 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxObjectBytes(int max) {
      this.maxObjectBytes = atMost(131_072, atLeast(2, max, "maxObjectBytes"), "maxObjectBytes");
      return this;
    }

    /**
     * Sets the clock by which slots expire: monotonic, so that a jump of the wall clock neither
     * expires nor prolongs them.
     *
     * @param clock nanoseconds from an arbitrary origin, as {@link System#nanoTime()}, the default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder nanoClock(LongSupplier clock) {
      this.nanoClock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * The options.
     *
     * @return an immutable value
     */
    public EpochOptions build() {
      return new EpochOptions(this);
    }

    private static int atLeast(int min, int value, String name) {
      if (value < min) {
        throw new IllegalArgumentException(name + " must be at least " + min);
      }
      return value;
    }

    private static int atMost(int max, int value, String name) {
      if (value > max) {
        throw new IllegalArgumentException(name + " must be at most " + max);
      }
      return value;
    }
  }
}
