package dev.occ.signer.nitro;

import java.nio.channels.spi.SelectorProvider;
import org.newsclub.net.unix.AFAddressFamily;
import org.newsclub.net.unix.AFAddressFamilyConfig;
import org.newsclub.net.unix.AFDatagramChannel;
import org.newsclub.net.unix.AFDatagramSocket;
import org.newsclub.net.unix.AFDatagramSocketImpl;
import org.newsclub.net.unix.AFSelectorProvider;
import org.newsclub.net.unix.AFServerSocket;
import org.newsclub.net.unix.AFServerSocketChannel;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketChannel;
import org.newsclub.net.unix.AFVSOCKSocketAddress;

/**
 * Registers the vsock family with junixsocket, once per process, unless {@code junixsocket-vsock}
 * has done so already.
 */
final class VsockFamily extends AFAddressFamilyConfig<AFVSOCKSocketAddress> {
  private VsockFamily() {}

  /** What opens vsock channels. Throws a LinkageError if the native library cannot be loaded. */
  static SelectorProvider provider() {
    return Registration.PROVIDER;
  }

  private static SelectorProvider register() {
    AFAddressFamily<AFVSOCKSocketAddress> family = AFVSOCKSocketAddress.addressFamily();
    try {
      AFAddressFamily<AFVSOCKSocketAddress> unused =
          AFAddressFamily.registerAddressFamilyImpl("vsock", family, new VsockFamily());
      return VsockSelectorProvider.INSTANCE;
    } catch (IllegalStateException e) {
      // Registered already, by the library's own module: use what it has.
      return family.getSelectorProvider();
    }
  }

  @Override
  protected Class<? extends AFSocket<AFVSOCKSocketAddress>> socketClass() {
    return VsockSelectorProvider.Socket.class;
  }

  @Override
  protected AFSocket.Constructor<AFVSOCKSocketAddress> socketConstructor() {
    return VsockSelectorProvider.Socket::new;
  }

  @Override
  protected Class<? extends AFServerSocket<AFVSOCKSocketAddress>> serverSocketClass() {
    return VsockSelectorProvider.ServerSocket.class;
  }

  @Override
  protected AFServerSocket.Constructor<AFVSOCKSocketAddress> serverSocketConstructor() {
    return VsockSelectorProvider.ServerSocket::new;
  }

  @Override
  protected Class<? extends AFSocketChannel<AFVSOCKSocketAddress>> socketChannelClass() {
    return VsockSelectorProvider.Channel.class;
  }

  @Override
  protected Class<? extends AFServerSocketChannel<AFVSOCKSocketAddress>>
      serverSocketChannelClass() {
    return VsockSelectorProvider.ServerChannel.class;
  }

  @Override
  protected Class<? extends AFDatagramSocket<AFVSOCKSocketAddress>> datagramSocketClass() {
    return NoDatagramSocket.class;
  }

  @Override
  protected AFDatagramSocket.Constructor<AFVSOCKSocketAddress> datagramSocketConstructor() {
    return descriptor -> {
      throw new UnsupportedOperationException("only vsock streams are supported");
    };
  }

  @Override
  protected Class<? extends AFDatagramChannel<AFVSOCKSocketAddress>> datagramChannelClass() {
    return NoDatagramChannel.class;
  }

  /** Names datagram sockets in the registration, which must name them; there are none. */
  abstract static class NoDatagramSocket extends AFDatagramSocket<AFVSOCKSocketAddress> {
    NoDatagramSocket(AFDatagramSocketImpl<AFVSOCKSocketAddress> impl) {
      super(impl);
    }
  }

  /** Names datagram channels in the registration, which must name them; there are none. */
  abstract static class NoDatagramChannel extends AFDatagramChannel<AFVSOCKSocketAddress> {
    NoDatagramChannel(
        AFSelectorProvider<AFVSOCKSocketAddress> provider,
        AFDatagramSocket<AFVSOCKSocketAddress> socket) {
      super(provider, socket);
    }
  }

  /** Registers on first use; junixsocket takes a family only once. */
  private static final class Registration {
    static final SelectorProvider PROVIDER = register();

    private Registration() {}
  }
}
