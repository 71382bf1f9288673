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

  private static final Members DEFAULTS =
      new Members(
          DEFAULT_SIGNER,
          Map.of(),
          false,
          List.of(),
          Set.of(VsockAddress.CID_PARENT),
          Set.of(),
          EpochOptions.builder().build());

  private final Members members;

  /** All members, frozen. */
  private record Members(
      String signer,
      Map<String, String> signerOptions,
      boolean allowDebug,
      List<EnclaveAddress> listen,
      Set<Long> cids,
      Set<String> users,
      EpochOptions epoch) {
    Members {
      Objects.requireNonNull(signer, "signer");
      signerOptions = Map.copyOf(signerOptions);
      listen = List.copyOf(listen);
      cids = Set.copyOf(cids);
      users = Set.copyOf(users);
      Objects.requireNonNull(epoch, "epoch");
    }
  }

  private EnclaveSettings(Members members) {
    this.members = members;
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
    return members.signer();
  }

  /** With what {@code allowDebug} means to the Nitro signer. */
  Map<String, String> signerOptions() {
    Map<String, String> all = new HashMap<>(members.signerOptions());
    if (members.allowDebug()) {
      all.put("allowDebug", "true");
    }
    return all;
  }

  List<EnclaveAddress> listen() {
    return members.listen().isEmpty()
        ? List.of(EnclaveAddress.parse(DEFAULT_LISTEN))
        : members.listen();
  }

  EnclavePeers peers() {
    return new EnclavePeers(members.cids(), members.users());
  }

  EpochOptions epoch() {
    return members.epoch();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private Members members = DEFAULTS;

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
      Members m = members;
      members =
          new Members(name, options, m.allowDebug(), m.listen(), m.cids(), m.users(), m.epoch());
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
      Members m = members;
      members =
          new Members(
              m.signer(), m.signerOptions(), allow, m.listen(), m.cids(), m.users(), m.epoch());
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
      Members m = members;
      members =
          new Members(
              m.signer(),
              m.signerOptions(),
              m.allowDebug(),
              addresses,
              m.cids(),
              m.users(),
              m.epoch());
      return this;
    }

    /**
     * Names the peers that may connect.
     *
     * @param cids context identifiers of machines, 32-bit (default: 3, the parent instance)
     * @param users names of users on a Unix socket; none means that the file's mode decides
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder peers(Set<Long> cids, Set<String> users) {
      Members m = members;
      members =
          new Members(
              m.signer(), m.signerOptions(), m.allowDebug(), m.listen(), cids, users, m.epoch());
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
      Members m = members;
      members =
          new Members(
              m.signer(),
              m.signerOptions(),
              m.allowDebug(),
              m.listen(),
              m.cids(),
              m.users(),
              options);
      return this;
    }

    /**
     * The settings.
     *
     * @return an immutable value
     */
    public EnclaveSettings build() {
      return new EnclaveSettings(members);
    }
  }
}
