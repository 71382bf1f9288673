package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.Epoch;
import dev.occ.signer.soft.SoftSigner;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransportProviderTest {
  @Test
  void of_installedScheme_isFound() {
    assertThat(TransportProvider.of("test")).isInstanceOf(RenamedTcp.class);
  }

  @Test
  void of_foreignScheme_isMisuseAndNamesTheInstalled() {
    assertThatThrownBy(() -> TransportProvider.of("pigeon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[unix, tcp, test]");
  }

  @Test
  void serverAndClient_ofAProvidersAddress_meet() throws Exception {
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("test:0"));
    int port = ((InetSocketAddress) listener.channel().getLocalAddress()).getPort();
    try (Epoch epoch = Epoch.open(SoftSigner.open());
        EnclaveServer server = EnclaveServer.builder(epoch).listener(listener).start();
        EnclaveClient client = EnclaveClient.open(EnclaveAddress.parse("test:" + port))) {
      assertThat(client.health().identity().epochId()).isEqualTo(epoch.id());
      assertThat(server.awaitStopped(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void open_providersAddress_hasItsFilter() throws Exception {
    try (EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("test:0"));
        SocketChannel noTcp = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(listener.peerFilter().accepts(noTcp)).as("loopback only").isFalse();
      assertThat(listener.withPeerFilter(PeerFilter.everyone()).peerFilter().accepts(noTcp))
          .isTrue();
    }
  }
}
