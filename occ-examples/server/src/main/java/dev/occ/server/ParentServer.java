package dev.occ.server;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The HTTP API of spec 14 in front of an enclave. What each call answers is in {@code
 * docs/http-api.md}.
 *
 * <p>Starting connects to nothing: an enclave that is away is answered for with 503 until it is
 * there. Closing refuses new requests, lets running ones end within a bound, and gives batches that
 * would take longer the time to answer with what they made. Thread-safe.
 */
@CheckReturnValue
public final class ParentServer implements AutoCloseable {
  private final ParentRuntime runtime;

  private ParentServer(ParentRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * A builder for a server.
   *
   * @param enclave where the enclave listens
   * @param keys who may commit
   * @return a builder with the default limits, on a free port of the loopback address
   */
  public static Builder builder(EnclaveAddress enclave, ApiKeys keys) {
    Objects.requireNonNull(enclave, "enclave");
    return new Builder(options -> EnclaveClient.builder(enclave).options(options).build(), keys);
  }

  /**
   * Where the API is.
   *
   * @return the bound address, with the port that the system chose if none was given
   */
  public InetSocketAddress address() {
    return runtime.address();
  }

  /**
   * Where {@code /metrics} is.
   *
   * @return the bound address of the management port
   */
  public InetSocketAddress managementAddress() {
    return runtime.managementAddress();
  }

  /**
   * Stops, as described above. Calls after the first do nothing.
   *
   * @throws IOException if Jetty could not be stopped in order; what it holds is closed all the
   *     same
   */
  @Override
  public void close() throws IOException {
    runtime.close();
  }

  /** Collects what a server is made of. Not safe for use by several threads at once. */
  public static final class Builder {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]");

    private final Function<EnclaveClientOptions, EnclaveClient> enclave;
    private final ApiKeys keys;
    private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private InetSocketAddress management = listen;
    private ParentLimits limits = ParentLimits.DEFAULT;
    private boolean allowDebug;
    private BaseHeaders baseHeaders = Optional::empty;
    private boolean openToNetwork;
    private boolean verifyKeyed;
    private List<String> hosts = List.of();
    private List<Cidr> trustedProxies = List.of();
    private LongSupplier nanoClock = System::nanoTime;

    private Builder(Function<EnclaveClientOptions, EnclaveClient> enclave, ApiKeys keys) {
      this.enclave = enclave;
      this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Sets where the API listens.
     *
     * @param address a resolved address; port 0 lets the system choose
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder listen(InetSocketAddress address) {
      listen = requireResolved(address);
      return this;
    }

    /**
     * Sets where {@code /metrics} listens. It asks for no key: keep it to those who may see it.
     *
     * @param address a resolved address; port 0 lets the system choose
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder management(InetSocketAddress address) {
      management = requireResolved(address);
      return this;
    }

    /**
     * Sets the limits.
     *
     * @param values sizes, times and numbers
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder limits(ParentLimits values) {
      limits = Objects.requireNonNull(values, "values");
      return this;
    }

    /**
     * Serves an enclave in debug mode too, whose memory can be read from outside.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowDebugEnclave() {
      allowDebug = true;
      return this;
    }

    /**
     * Gives the newest block of Base with each slot, if the enclave takes such floors (spec 10).
     * Where none is known, slots are made without one.
     *
     * @param source has the newest header
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder baseHeaders(BaseHeaders source) {
      baseHeaders = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Lets a server without keys listen on other than loopback addresses: whoever reaches it may
     * then commit.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder openToNetwork() {
      openToNetwork = true;
      return this;
    }

    /**
     * Asks for a key for {@code /verify} too.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder verifyWithKey() {
      verifyKeyed = true;
      return this;
    }

    /**
     * Sets the hosts that requests may name in {@code Host}, besides loopback names and the address
     * that they have reached. Without names, only a server without keys looks at {@code Host}.
     *
     * @param names host names without ports
     * @return this builder
     * @throws IllegalArgumentException if a name is empty or holds what no host name does
     */
    @CanIgnoreReturnValue
    public Builder hosts(List<String> names) {
      for (String name : names) {
        if (!HOST.matcher(name).matches()) {
          throw new IllegalArgumentException(name + " is not a host name");
        }
      }
      hosts = List.copyOf(names);
      return this;
    }

    /**
     * Sets the proxies whose {@code X-Forwarded-For} is believed: then the log names the client
     * behind them.
     *
     * @param networks IP addresses, or networks such as {@code 10.0.0.0/8}
     * @return this builder
     * @throws IllegalArgumentException if one is neither
     */
    @CanIgnoreReturnValue
    public Builder trustedProxies(List<String> networks) {
      trustedProxies = networks.stream().map(Cidr::parse).toList();
      return this;
    }

    /** For tests: another clock for quotas and times. */
    @CanIgnoreReturnValue
    Builder nanoClock(LongSupplier clock) {
      nanoClock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Binds the ports and starts to serve.
     *
     * @return the running server, which the caller must close
     * @throws IOException if a port is taken or cannot be bound
     * @throws IllegalArgumentException if the server asks for no key, and listens on other than
     *     loopback addresses without {@link #openToNetwork}
     */
    public ParentServer start() throws IOException {
      if (keys.isOpen() && !openToNetwork && !listen.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "a server without API keys on "
                + listen.getAddress().getHostAddress()
                + " lets whoever reaches it commit");
      }
      return new ParentServer(ParentRuntime.start(this));
    }

    private static InetSocketAddress requireResolved(InetSocketAddress address) {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("no such host: " + address.getHostString());
      }
      return address;
    }

    Function<EnclaveClientOptions, EnclaveClient> enclave() {
      return enclave;
    }

    ApiKeys keys() {
      return keys;
    }

    InetSocketAddress listen() {
      return listen;
    }

    InetSocketAddress management() {
      return management;
    }

    ParentLimits limits() {
      return limits;
    }

    boolean allowDebug() {
      return allowDebug;
    }

    BaseHeaders baseHeaders() {
      return baseHeaders;
    }

    boolean isVerifyKeyed() {
      return verifyKeyed;
    }

    List<String> hosts() {
      return hosts;
    }

    List<Cidr> trustedProxies() {
      return trustedProxies;
    }

    LongSupplier nanoClock() {
      return nanoClock;
    }
  }
}
