package dev.occ.programs.service;

import dev.occ.server.ParentLimits;
import dev.occ.server.ParentServer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who may reach the parent server, and how much of it. */
final class ExposureOptions {
  @Option(
      names = "--open-to-network",
      description =
          "With --open: allow other than loopback addresses in --host. Anyone on the network can"
              + " then commit.")
  private boolean openToNetwork;

  @Option(
      names = "--allowed-host",
      paramLabel = "HOST",
      split = ",",
      defaultValue = "${env:ALLOWED_HOSTS}",
      description =
          "Host name that requests may use, besides localhost and the address that they reach;"
              + " others get 403. Checked with --open, and if a name is given. Can be repeated."
              + " Also ALLOWED_HOSTS, separated by commas.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      split = ",",
      defaultValue = "${env:TRUSTED_PROXIES}",
      description =
          "Address or network of a proxy whose X-Forwarded-For the log believes, such as"
              + " 127.0.0.1 or 10.0.0.0/8. Can be repeated. Also TRUSTED_PROXIES, separated by"
              + " commas.")
  private List<String> proxies = new ArrayList<>();

  @Option(
      names = "--verify-with-key",
      defaultValue = "${env:VERIFY_WITH_KEY:-false}",
      description = "Require an API key for /verify too. Also VERIFY_WITH_KEY=true.")
  private boolean verifyWithKey;

  @Option(
      names = "--verify-max-bytes",
      paramLabel = "BYTES",
      defaultValue = "${env:VERIFY_MAX_BYTES:-262144}",
      description = "Longest body of /verify. Also VERIFY_MAX_BYTES (default: 262144).")
  private int verifyMaxBytes = 262_144;

  @Option(
      names = "--chain-quota",
      paramLabel = "N",
      defaultValue = "${env:CHAIN_QUOTA:-500}",
      description =
          "How many new chains one key can open in an epoch. Also CHAIN_QUOTA (default: 500).")
  private int chainQuota = 500;

  ExposureOptions() {}

  /**
   * Sets what was given.
   *
   * @throws IllegalArgumentException if a value is unusable, or the server would be open to a
   *     network that nobody has opened it to
   */
  void applyTo(ParentServer.Builder server, boolean open, boolean loopback) {
    if (openToNetwork && !open) {
      throw new IllegalArgumentException("--open-to-network needs --open");
    }
    if (open && !loopback && !openToNetwork) {
      throw new IllegalArgumentException(
          "--open on other than a loopback address lets anyone on the network commit:"
              + " add --open-to-network, or use API keys");
    }
    if (openToNetwork) {
      server.openToNetwork();
    }
    if (verifyWithKey) {
      server.verifyWithKey();
    }
    server.hosts(given(hosts)).trustedProxies(given(proxies));
    server.limits(
        ParentLimits.builder().maxVerifyBytes(verifyMaxBytes).chainQuota(chainQuota).build());
  }

  /** A variable of the environment that is set to nothing is one empty name. */
  private static List<String> given(List<String> values) {
    return values.stream().map(String::strip).filter(value -> !value.isEmpty()).toList();
  }
}
