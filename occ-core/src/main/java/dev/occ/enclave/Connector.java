package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Opens connections to an enclave, for transports and set-ups that {@link EnclaveAddress} does not
 * name. Safe for use by many threads at once.
 */
@FunctionalInterface
@CheckReturnValue
public interface Connector {
  /**
   * Connects.
   *
   * @param timeout how long that may take, at least 1 ms
   * @return a blocking channel, connected, that the caller must close; closing it ends reads and
   *     writes that other threads have under way
   * @throws java.net.SocketTimeoutException if the peer did not answer in time
   * @throws IOException if nobody answers there
   */
  SocketChannel connect(Duration timeout) throws IOException;

  /**
   * The way to an address, for programs that speak another protocol over the same sockets. A host
   * name is looked up at each call.
   *
   * @param address where to connect to
   * @return a connector that holds nothing open between its calls
   * @throws IllegalArgumentException if no transport serves the address
   */
  static Connector to(EnclaveAddress address) {
    Connectors.requireServed(address);
    return timeout -> {
      try (Watchdog watchdog = new Watchdog("occ-connect")) {
        return Connectors.of(address, watchdog).connect(timeout);
      }
    };
  }
}
