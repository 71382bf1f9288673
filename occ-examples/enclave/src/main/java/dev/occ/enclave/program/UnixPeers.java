package dev.occ.enclave.program;

import dev.occ.enclave.PeerFilter;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Who may connect to a Unix socket besides what its file's mode says. */
@SuppressForbidden(
    "jdk.net is an exported, documented module of the JDK; java.net lacks SO_PEERCRED")
public final class UnixPeers {
  private UnixPeers() {}

  /**
   * Serves the processes of these users, for which the kernel vouches (SO_PEERCRED).
   *
   * @param users names of users
   * @return the filter
   */
  public static PeerFilter allowing(Set<String> users) {
    Set<String> allowed = Set.copyOf(users);
    return channel ->
        allowed.contains(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
  }
}
