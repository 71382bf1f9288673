package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnclaveListenerTest {
  @TempDir private Path directory;

  private EnclaveAddress address() {
    return EnclaveAddress.parse("unix:" + file());
  }

  private Path file() {
    return directory.resolve("enclave.sock");
  }

  @Test
  void open_unix_isReachableAndOnlyTheOwners() throws IOException {
    try (EnclaveListener listener = EnclaveListener.open(address());
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file()));
        SocketChannel accepted = listener.channel().accept()) {
      assertThat(accepted.isConnected()).isTrue();
      assertThat(client.isConnected()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThat(listener).hasToString(address().toString());
      try (var files = Files.list(directory)) {
        assertThat(files).as("nothing is left beside it").containsExactly(file());
      }
    }
  }

  @Test
  void close_unix_removesTheFile() throws IOException {
    EnclaveListener listener = EnclaveListener.open(address());
    listener.close();
    listener.close();
    assertThat(file()).doesNotExist();
  }

  @Test
  void close_unixFileReplaced_leavesTheSuccessors() throws IOException {
    EnclaveListener listener = EnclaveListener.open(address());
    Files.delete(file());
    Files.writeString(file(), "a successor's");
    listener.close();
    assertThat(file()).hasContent("a successor's");
  }

  @Test
  void close_unixFileGone_isFine() throws IOException {
    EnclaveListener listener = EnclaveListener.open(address());
    Files.delete(file());
    listener.close();
    assertThat(listener.channel().isOpen()).isFalse();
  }

  @Test
  void open_unixStaleSocket_takesItsPlace() throws IOException {
    ServerSocketChannel crashed =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(file()));
    crashed.close(); // the JDK leaves the file, as a killed process does
    assertThat(file()).exists();
    try (EnclaveListener listener = EnclaveListener.open(address());
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file()))) {
      assertThat(listener.channel().isOpen()).isTrue();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void open_unixLiveSocket_isRefusedAndLeftAlone() throws IOException {
    try (EnclaveListener first = EnclaveListener.open(address())) {
      assertThatThrownBy(() -> EnclaveListener.open(address())).isInstanceOf(BindException.class);
      assertThat(first.channel().isOpen()).isTrue();
      assertThat(file()).exists();
    }
  }

  @Test
  void open_unixOrdinaryFile_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(file(), "precious");
    assertThatThrownBy(() -> EnclaveListener.open(address()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file()).hasContent("precious");
  }

  @Test
  void open_unixLinkToASocket_isRefusedAndLeftAlone() throws IOException {
    Files.createSymbolicLink(file(), directory.resolve("elsewhere"));
    assertThatThrownBy(() -> EnclaveListener.open(address()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.isSymbolicLink(file())).isTrue();
  }

  @Test
  void open_unixWithoutDirectory_fails() {
    EnclaveAddress nowhere = EnclaveAddress.parse("unix:" + directory.resolve("none/sock"));
    assertThatThrownBy(() -> EnclaveListener.open(nowhere)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void open_unknownScheme_namesThoseThatThereAre() {
    assertThatThrownBy(() -> EnclaveListener.open(EnclaveAddress.parse("pigeon:1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unix, tcp");
  }

  @Test
  void toString_tcp_isWhereItListens() throws IOException {
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    assertThat(listener).hasToString(listener.channel().getLocalAddress().toString());
    listener.close();
    assertThat(listener.toString()).isNotEmpty();
  }

  @Test
  void open_tcpPortTaken_failsAndCloses() throws IOException {
    try (EnclaveListener first = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"))) {
      int port = ((InetSocketAddress) first.channel().getLocalAddress()).getPort();
      EnclaveAddress taken = EnclaveAddress.parse("tcp:127.0.0.1:" + port);
      assertThatThrownBy(() -> EnclaveListener.open(taken)).isInstanceOf(BindException.class);
    }
  }

  @Test
  void of_nonBlockingChannel_isMisuse() throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.configureBlocking(false);
      assertThatThrownBy(() -> EnclaveListener.of(channel))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
