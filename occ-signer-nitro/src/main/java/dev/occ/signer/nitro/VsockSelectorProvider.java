package dev.occ.signer.nitro;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFAddressFamily;
import org.newsclub.net.unix.AFDatagramChannel;
import org.newsclub.net.unix.AFSelectorProvider;
import org.newsclub.net.unix.AFServerSocket;
import org.newsclub.net.unix.AFServerSocketChannel;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketChannel;
import org.newsclub.net.unix.AFSocketFactory;
import org.newsclub.net.unix.AFSocketImpl;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFSomeSocket;
import org.newsclub.net.unix.AFVSOCKSocketAddress;

/**
 * Stream sockets and channels of the vsock family on junixsocket's abstract classes. The library
 * keeps these concrete ones in a module of their own, {@code junixsocket-vsock}; where that is on
 * the path, {@link VsockFamily} uses it instead of this class.
 */
final class VsockSelectorProvider extends AFSelectorProvider<AFVSOCKSocketAddress> {
  static final VsockSelectorProvider INSTANCE = new VsockSelectorProvider();

  private VsockSelectorProvider() {}

  @Override
  protected AFAddressFamily<AFVSOCKSocketAddress> addressFamily() {
    return AFVSOCKSocketAddress.addressFamily();
  }

  @Override
  protected ProtocolFamily protocolFamily() {
    return () -> "VSOCK";
  }

  @Override
  protected AFSocket<AFVSOCKSocketAddress> newSocket() throws SocketException {
    return new Socket(null, null);
  }

  @Override
  protected <Y extends AFSomeSocket> AFSocketPair<Y> newSocketPair(Y first, Y second) {
    throw new UnsupportedOperationException("vsock has no socket pairs");
  }

  @Override
  public AFDatagramChannel<AFVSOCKSocketAddress> openDatagramChannel() {
    throw new UnsupportedOperationException("only vsock streams are supported");
  }

  @Override
  public AFDatagramChannel<AFVSOCKSocketAddress> openDatagramChannel(AFSocketType type) {
    return openDatagramChannel();
  }

  @Override
  public AFServerSocketChannel<AFVSOCKSocketAddress> openServerSocketChannel() throws IOException {
    return new ServerSocket(null).newChannel();
  }

  @Override
  public AFServerSocketChannel<AFVSOCKSocketAddress> openServerSocketChannel(SocketAddress address)
      throws IOException {
    AFServerSocketChannel<AFVSOCKSocketAddress> channel = openServerSocketChannel();
    channel.bind(address);
    return channel;
  }

  @Override
  public AFSocketChannel<AFVSOCKSocketAddress> openSocketChannel(SocketAddress address)
      throws IOException {
    AFSocketChannel<AFVSOCKSocketAddress> channel = openSocketChannel();
    channel.connect(address);
    return channel;
  }

  /** The implementation that both kinds of sockets share. */
  private static final class Impl extends AFSocketImpl<AFVSOCKSocketAddress> {
    Impl(@Nullable FileDescriptor descriptor) {
      super(AFVSOCKSocketAddress.addressFamily(), descriptor);
    }
  }

  /** A connected stream. */
  static final class Socket extends AFSocket<AFVSOCKSocketAddress> {
    Socket(
        @Nullable FileDescriptor descriptor,
        @Nullable AFSocketFactory<AFVSOCKSocketAddress> factory)
        throws SocketException {
      super(new Impl(descriptor), factory);
    }

    @Override
    protected AFSocketChannel<AFVSOCKSocketAddress> newChannel() {
      return new Channel(this);
    }
  }

  /** A listening socket. */
  static final class ServerSocket extends AFServerSocket<AFVSOCKSocketAddress> {
    ServerSocket(@Nullable FileDescriptor descriptor) throws IOException {
      super(descriptor);
    }

    @Override
    protected AFServerSocketChannel<AFVSOCKSocketAddress> newChannel() {
      return new ServerChannel(this);
    }

    @Override
    protected AFSocketImpl<AFVSOCKSocketAddress> newImpl(@Nullable FileDescriptor descriptor) {
      return new Impl(descriptor);
    }

    @Override
    protected AFSocket<AFVSOCKSocketAddress> newSocketInstance() throws SocketException {
      return new Socket(null, null);
    }
  }

  /** The channel of a connected stream. */
  static final class Channel extends AFSocketChannel<AFVSOCKSocketAddress> {
    Channel(Socket socket) {
      super(socket, INSTANCE);
    }
  }

  /**
   * The channel of a listening socket. On vsock, closing does not wake a thread that is blocked in
   * accept (junixsocket wakes it by a connection to the local address, which needs the loopback
   * transport and a CID that names one machine), so that thread looks up from time to time.
   */
  static final class ServerChannel extends AFServerSocketChannel<AFVSOCKSocketAddress> {
    private static final int LOOK_UP_MILLIS = 100;

    ServerChannel(ServerSocket socket) {
      super(socket, INSTANCE);
    }

    @Override
    public AFSocketChannel<AFVSOCKSocketAddress> accept() throws IOException {
      if (!isBlocking()) {
        return super.accept();
      }
      while (true) {
        try {
          socket().setSoTimeout(LOOK_UP_MILLIS); // fails on a closed socket, too
          return super.accept();
        } catch (ClosedChannelException e) {
          throw e;
        } catch (IOException e) {
          if (!isOpen()) {
            throw (IOException) new AsynchronousCloseException().initCause(e);
          }
          if (!(e instanceof SocketTimeoutException)) {
            throw e;
          }
        }
      }
    }
  }
}
