package dev.occ.enclave;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/**
 * The file of a listening Unix socket that this process made.
 *
 * @param path its name
 * @param key which file it is (device and inode), so that a successor's is never removed
 */
record UnixSocketFile(Path path, Object key) {
  /** A listening channel and its file. */
  record Bound(ServerSocketChannel channel, UnixSocketFile file) {}

  /**
   * Binds where nobody else can reach it yet, sets the mode, and only then gives it its name. The
   * mode that {@code bind} itself gives depends on the process's umask, which Java cannot set.
   */
  static Bound bind(Path wanted, int backlog) throws IOException {
    Path path = wanted.toAbsolutePath();
    removeStale(path);
    Path directory = Objects.requireNonNull(path.getParent(), "a socket has a directory");
    Path hidden =
        Files.createTempDirectory(
            directory,
            ".o",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unnamed = hidden.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      ServerSocketChannel unused = channel.bind(UnixDomainSocketAddress.of(unnamed), backlog);
      Path unusedToo =
          Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
      // A link and not a move: it fails if somebody has taken the name meanwhile.
      Path unusedAsWell = Files.createLink(path, unnamed);
      return new Bound(channel, new UnixSocketFile(path, key(path)));
    } catch (IOException | RuntimeException e) {
      Channels.closeAfter(e, channel);
      throw e;
    } finally {
      boolean unused = Files.deleteIfExists(unnamed);
      Files.delete(hidden);
    }
  }

  /** Removes the file unless it is gone, or has become another one. */
  void remove() throws IOException {
    try {
      if (key(path).equals(key)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      return; // somebody removed it already, which is what was wanted
    }
  }

  private static Object key(Path path) throws IOException {
    return Optional.ofNullable(attributes(path).fileKey())
        .orElseThrow(() -> new IOException("the file system does not tell files apart"));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new FileAlreadyExistsException(path.toString(), null, "is not a socket");
    }
    if (isListening(path)) {
      throw new BindException("another server listens on " + path);
    }
    boolean unused = Files.deleteIfExists(path);
  }

  /** Only a refusal says that nobody listens: a full queue (EAGAIN) does not. */
  private static boolean isListening(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      var unusedToo = probe.configureBlocking(false);
      boolean unused = probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }
}
