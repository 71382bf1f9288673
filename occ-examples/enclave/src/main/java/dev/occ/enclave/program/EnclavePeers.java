package dev.occ.enclave.program;

import dev.occ.enclave.EnclaveListener;
import java.util.Set;

/**
 * The peers that may connect to what a program listens on.
 *
 * @param cids vsock context identifiers of machines, 32-bit
 * @param users names of users on a Unix socket; none means that the file's mode 0600 decides
 */
public record EnclavePeers(Set<Long> cids, Set<String> users) {
  private static final String VSOCK = "vsock";
  private static final String UNIX = "unix";

  /**
   * Copies both sets.
   *
   * @param cids vsock context identifiers
   * @param users names of users
   */
  public EnclavePeers {
    cids = Set.copyOf(cids);
    users = Set.copyOf(users);
  }

  /**
   * Puts the filter for an address of this scheme before a listener.
   *
   * @param listener the open listener
   * @param scheme of its address, as {@code vsock}
   * @return the listener to serve, which owns the given one
   */
  public EnclaveListener filtered(EnclaveListener listener, String scheme) {
    if (scheme.equals(VSOCK)) {
      return listener.withPeerFilter(VsockTransport.allowing(cids));
    }
    return scheme.equals(UNIX) && !users.isEmpty()
        ? listener.withPeerFilter(UnixPeers.allowing(users))
        : listener;
  }
}
