package dev.occ.epoch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.internal.OptionRanges;
import java.time.Clock;
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
  private final Clock clock;

  private EpochOptions(Builder builder) {
    slotTtl = builder.slotTtl;
    maxPendingSlots = builder.maxPendingSlots;
    maxChains = builder.maxChains;
    maxTextLength = builder.maxTextLength;
    maxObjectBytes = builder.maxObjectBytes;
    nanoClock = builder.nanoClock;
    clock = builder.clock;
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
   * How long the chain's name and each text of principal, attribution and actor may be.
   *
   * @return UTF-16 code units, at least 1
   */
  public int maxTextLength() {
    return maxTextLength;
  }

  /**
   * How large metadata, policy, principal, attribution and agency may be, each.
   *
   * @return bytes of compact JSON, at least 2
   */
  public int maxObjectBytes() {
    return maxObjectBytes;
  }

  /**
   * Checks a chain's name against these options, for whoever stands in front of an epoch.
   *
   * @param chainId the name
   * @throws EpochException with {@link EpochException.Reason#INVALID_CHAIN_ID} if it is empty, too
   *     long, or not well-formed Unicode
   */
  public void requireChainId(String chainId) throws EpochException {
    if (!WireText.fits(chainId, maxTextLength)) {
      throw new EpochException(
          EpochException.Reason.INVALID_CHAIN_ID,
          "a chain's name has 1 to " + maxTextLength + " characters that UTF-8 can carry");
    }
  }

  /**
   * Checks what a request puts into a proof against these options, for servers in front of an epoch
   * that check before a slot is made.
   *
   * @param request the request; its slot is of no interest here
   * @throws EpochException with {@link EpochException.Reason#REQUEST_TOO_LARGE} if a text or an
   *     object of it is too large, with {@link EpochException.Reason#INDEX_NAME} if a member is
   *     named by an array index (spec 2)
   */
  public void requireWithinLimits(CommitRequest request) throws EpochException {
    new RequestLimits(this).check(request);
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  Clock clock() {
    return clock;
  }

  /** Collects options. Not safe for use by several threads at once. */
  public static final class Builder {
    private Duration slotTtl = Duration.ofMinutes(2);
    private int maxPendingSlots = 1000;
    private int maxChains = 10_000;
    private int maxTextLength = 1024;
    private int maxObjectBytes = 64 * 1024;
    private LongSupplier nanoClock = System::nanoTime;
    private Clock clock = Clock.systemUTC();

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
      this.maxPendingSlots = OptionRanges.atLeast(max, 1, "maxPendingSlots");
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
      this.maxChains = OptionRanges.atLeast(max, 1, "maxChains");
      return this;
    }

    /**
     * Sets how long the chain's name and each text of principal, attribution and actor may be.
     *
     * @param max UTF-16 code units, 1 to 16 384, so that a proof stays within 1 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxTextLength(int max) {
      this.maxTextLength = OptionRanges.inRange(max, 1, 16_384, "maxTextLength");
      return this;
    }

    /**
     * Sets how large metadata, policy, principal, attribution and agency may be, each.
     *
     * @param max bytes of compact JSON, 2 to 131 072, so that a proof stays within 1 MiB
     * @return this builder
     * @throws IllegalArgumentException outside that range
     */
    @CanIgnoreReturnValue
    public Builder maxObjectBytes(int max) {
      this.maxObjectBytes = OptionRanges.inRange(max, 2, 131_072, "maxObjectBytes");
      return this;
    }

    /**
     * Sets the clock by which slots and challenges expire: monotonic, so that a jump of the wall
     * clock neither expires nor prolongs them.
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
     * Sets the wall clock, with which only the times of authorizations are compared (spec 9); it
     * enters no proof. An enclave's clock is set when it boots and drifts from then on unless
     * something corrects it; where it is more than a minute off, every authorization is refused.
     *
     * @param wallClock the system's by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder clock(Clock wallClock) {
      this.clock = Objects.requireNonNull(wallClock, "wallClock");
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
  }
}
