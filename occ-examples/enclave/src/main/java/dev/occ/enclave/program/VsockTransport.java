package dev.occ.enclave.program;

import dev.occ.enclave.PeerFilter;
import dev.occ.enclave.TransportProvider;
import dev.occ.signer.nitro.Vsock;
import dev.occ.signer.nitro.VsockAddress;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;

/**
 * Puts {@code vsock:PORT} and {@code vsock:CID:PORT} among the addresses of the enclave protocol.
 * The programs join the two modules here: the Nitro module knows nothing of the protocol, and the
 * core nothing of vsock.
 */
public final class VsockTransport implements TransportProvider {
  private static final String SCHEME = "vsock";

  /** For {@link java.util.ServiceLoader}. */
  public VsockTransport() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public ServerSocketChannel listen(String location, int backlog) throws IOException {
    return Vsock.listen(address(location), backlog);
  }

  @Override
  public SocketChannel connect(String location, Duration timeout) throws IOException {
    VsockAddress address = address(location);
    if (address.cid() == VsockAddress.CID_ANY) {
      throw new IllegalArgumentException("to connect, a vsock address needs a CID");
    }
    return Vsock.connect(address, timeout);
  }

  /** Only the parent instance, as an enclave sees it. */
  @Override
  public PeerFilter defaultPeerFilter() {
    return allowing(Set.of(VsockAddress.CID_PARENT));
  }

  /**
   * Serves the machines with these CIDs, for which the kernel vouches.
   *
   * @param cids context identifiers, 32-bit
   * @return the filter
   */
  public static PeerFilter allowing(Set<Long> cids) {
    Set<Long> allowed = Set.copyOf(cids);
    return channel -> allowed.contains(Vsock.peer(channel).cid());
  }

  private static VsockAddress address(String location) {
    return VsockAddress.parse(SCHEME + ":" + location);
  }
}
