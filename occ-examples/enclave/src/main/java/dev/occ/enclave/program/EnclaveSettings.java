package dev.occ.enclave.program;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.epoch.EpochOptions;
import dev.occ.signer.nitro.VsockAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an enclave program serves, and to whom. Immutable; the defaults are those of an AWS Nitro
 * enclave: the signer {@code nitro}, vsock port 5000, the parent instance as the only peer.
 */
@CheckReturnValue
public final class EnclaveSettings {
  /** The signer that is opened unless another is named. */
  public static final String DEFAULT_SIGNER = "nitro";

  /** The address that is listened on unless another is named. */
  public static final String DEFAULT_LISTEN = "vsock:5000";

  private final String signer;
  private final Map<String, String> signerOptions;
  private final List<EnclaveAddress> listen;
  private final EnclavePeers peers;
  private final EpochOptions epoch;

  private EnclaveSettings(Builder from) {
    Map<String, String> options = new HashMap<>(from.signerOptions);
    if (from.allowDebug) {
      options.put("allowDebug", "true");
    }
    signer = from.signer;
    signerOptions = Map.copyOf(options);
    listen = from.listen.isEmpty() ? List.of(EnclaveAddress.parse(DEFAULT_LISTEN)) : from.listen;
    peers = from.peers;
    epoch = from.epoch;
  }

  /**
   * A builder with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  String signer() {
    return signer;
  }

  /** With what {@code allowDebug} means to the Nitro signer. */
  Map<String, String> signerOptions() {
    return signerOptions;
  }

  List<EnclaveAddress> listen() {
    return listen;
  }

  EnclavePeers peers() {
    return peers;
  }

  EpochOptions epoch() {
    return epoch;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private String signer = DEFAULT_SIGNER;
    private Map<String, String> signerOptions = Map.of();
    private boolean allowDebug;
    private List<EnclaveAddress> listen = List.of();
    private EnclavePeers peers = new EnclavePeers(Set.of(VsockAddress.CID_PARENT), Set.of());
    private EpochOptions epoch = EpochOptions.builder().build();

    private Builder() {}

    /**
     * Names the signer.
     *
     * @param name of an installed provider, as {@code nitro}
     * @param options of the signer
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder signer(String name, Map<String, String> options) {
      signer = Objects.requireNonNull(name, "name");
      signerOptions = Map.copyOf(options);
      return this;
    }

    /**
     * Lets the signer open in a debug enclave, whose memory can be read (default: no).
     *
     * @param allow whether it may
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder allowDebug(boolean allow) {
      allowDebug = allow;
      return this;
    }

    /**
     * Names the addresses to listen on.
     *
     * @param addresses all of them; none means {@link #DEFAULT_LISTEN}
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder listen(List<EnclaveAddress> addresses) {
      listen = List.copyOf(addresses);
      return this;
    }

    /**
     * Names the peers that may connect.
     *
     * @param allowed who may (default: over vsock CID 3, the parent instance; of a Unix socket its
     *     file's mode decides)
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder peers(EnclavePeers allowed) {
      peers = Objects.requireNonNull(allowed, "allowed");
      return this;
    }

    /**
     * Sets what bounds the proofs of the epoch in time.
     *
     * @param options as {@link EnclaveEpoch#options} makes them
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder epoch(EpochOptions options) {
      epoch = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * The settings.
     *
     * @return an immutable value
     */
    public EnclaveSettings build() {
      return new EnclaveSettings(this);
    }
  }
}
