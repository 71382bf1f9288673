package dev.occ.programs.kit;

import dev.occ.enclave.program.EnclavePeers;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who may connect to what a command listens on. */
public final class PeerOptions {
  @Option(
      names = "--allow-cid",
      paramLabel = "CID",
      split = ",",
      defaultValue = "${env:OCC_ALLOW_CIDS:-3}",
      description =
          "Accept vsock connections from these machines. Also OCC_ALLOW_CIDS (default: 3, the"
              + " parent instance).")
  private Set<Long> allowedCids = Set.of();

  @Option(
      names = "--allow-user",
      paramLabel = "NAME",
      split = ",",
      description =
          "Accept Unix socket connections from these users (default: the socket's mode 0600"
              + " decides).")
  private Set<String> allowedUsers = Set.of();

  /** For picocli. */
  public PeerOptions() {}

  /** As given, or as the defaults say. */
  public EnclavePeers peers() {
    return new EnclavePeers(allowedCids, allowedUsers);
  }
}
