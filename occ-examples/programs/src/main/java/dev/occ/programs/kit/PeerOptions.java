package dev.occ.programs.kit;

import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.program.UnixPeers;
import dev.occ.enclave.program.VsockTransport;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who may connect to what a command listens on. */
public final class PeerOptions {
  private static final String VSOCK = "vsock";
  private static final String UNIX = "unix";

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

  /** A Unix socket's file has mode 0600; users are asked for only where that is not enough. */
  public EnclaveListener filtered(EnclaveListener listener, String scheme) {
    if (scheme.equals(VSOCK)) {
      return listener.withPeerFilter(VsockTransport.allowing(allowedCids));
    }
    return scheme.equals(UNIX) && !allowedUsers.isEmpty()
        ? listener.withPeerFilter(UnixPeers.allowing(allowedUsers))
        : listener;
  }
}
