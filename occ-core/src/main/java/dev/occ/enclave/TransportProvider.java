package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Adds a kind of stream sockets to {@link EnclaveAddress}, as vsock. Implementations are found with
 * {@link ServiceLoader}, have a public constructor without parameters, and are safe for use by many
 * threads at once.
 *
 * <p>The channels must block, and end reads, writes and accepts that are under way when another
 * thread closes them; ending a read on {@link SocketChannel#shutdownInput()} is what lets a server
 * tell a slow sender why it was cut off.
 */
@CheckReturnValue
public interface TransportProvider {
  /**
   * The scheme of the addresses that this provider serves.
   *
   * @return lower-case ASCII, as {@code vsock}; neither {@code unix} nor {@code tcp}
   */
  String scheme();

  /**
   * Listens.
   *
   * @param location the address without scheme and colon
   * @param backlog how many connections may wait to be accepted, at least 1
   * @return a blocking channel, bound and listening, which the caller must close
   * @throws IOException if that is not possible
   * @throws IllegalArgumentException if the location is of a wrong form
   */
  ServerSocketChannel listen(String location, int backlog) throws IOException;

  /**
   * Connects.
   *
   * @param location the address without scheme and colon
   * @param timeout how long that may take, at least 1 ms
   * @return a blocking channel, connected, which the caller must close
   * @throws java.net.SocketTimeoutException if the peer did not answer in time
   * @throws IOException if that is not possible
   * @throws IllegalArgumentException if the location is of a wrong form
   */
  SocketChannel connect(String location, Duration timeout) throws IOException;

  /**
   * Which peers a listener serves unless it is told otherwise.
   *
   * @return everyone, unless the provider knows better
   */
  default PeerFilter defaultPeerFilter() {
    return PeerFilter.everyone();
  }

  /**
   * The installed provider of a scheme, found with the calling thread's context class loader.
   *
   * @param scheme the provider's {@link #scheme()}
   * @return the provider
   * @throws IllegalArgumentException if none or more than one has that scheme
   */
  static TransportProvider of(String scheme) {
    List<TransportProvider> found = new ArrayList<>();
    List<String> known = new ArrayList<>(List.of(EnclaveAddress.UNIX, EnclaveAddress.TCP));
    for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
      known.add(provider.scheme());
      if (provider.scheme().equals(scheme)) {
        found.add(provider);
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.size() + " transports serve '" + scheme + ":'; installed: " + known);
    }
    return found.get(0);
  }
}
