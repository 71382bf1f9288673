package dev.occ.signer.nitro;

import java.io.Closeable;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import org.newsclub.net.unix.AddressAlreadyInUseSocketException;
import org.newsclub.net.unix.AddressUnavailableSocketException;
import org.newsclub.net.unix.ConnectionRefusedSocketException;
import org.newsclub.net.unix.ConnectionResetSocketException;
import org.newsclub.net.unix.NetworkUnreachableSocketException;
import org.newsclub.net.unix.NoSuchDeviceSocketException;
import org.newsclub.net.unix.OperationNotSupportedSocketException;

/** Opens channels and turns junixsocket's exceptions into reasons. */
final class VsockFailures {
  private VsockFailures() {}

  /** Makes a channel. */
  interface Opener<C> {
    C open() throws IOException;
  }

  /** Makes a channel ready for use. */
  interface Preparation<C> {
    void prepare(C channel) throws IOException;
  }

  /** An open and ready channel; one that could not be made ready is closed again. */
  static <C extends Closeable> C open(String operation, Opener<C> opener, Preparation<C> ready)
      throws VsockException {
    try {
      C channel = opener.open();
      try {
        ready.prepare(channel);
        return channel;
      } catch (IOException | RuntimeException e) {
        close(channel, e);
        throw e;
      }
    } catch (IOException e) {
      VsockException.Reason reason = reason(e);
      throw new VsockException(reason, operation + " failed: " + e.getMessage(), e);
    }
  }

  private static void close(Closeable channel, Exception failure) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** A vsock peer refuses with a reset, so that reads as a refusal here. */
  static VsockException.Reason reason(IOException e) {
    if (e instanceof AddressAlreadyInUseSocketException) {
      return VsockException.Reason.ADDRESS_IN_USE;
    }
    if (e instanceof AddressUnavailableSocketException) {
      return VsockException.Reason.ADDRESS_UNAVAILABLE;
    }
    if (e instanceof ConnectionRefusedSocketException
        || e instanceof ConnectionResetSocketException) {
      return VsockException.Reason.REFUSED;
    }
    if (e instanceof SocketTimeoutException) {
      return VsockException.Reason.TIMEOUT;
    }
    if (e instanceof NoSuchDeviceSocketException
        || e instanceof NetworkUnreachableSocketException
        || e instanceof NoRouteToHostException) {
      return VsockException.Reason.NO_PEER;
    }
    return e instanceof OperationNotSupportedSocketException
        ? VsockException.Reason.UNSUPPORTED
        : VsockException.Reason.FAILED;
  }
}
