package dev.occ.programs.anchor;

import static dev.occ.programs.anchor.BlockSourceTest.block;
import static dev.occ.programs.anchor.BlockSourceTest.node;
import static dev.occ.programs.anchor.BlockSourceTest.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.HttpStub;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.EthereumAnchor;
import dev.occ.verifier.chain.ChainId;
import dev.occ.verifier.chain.PlacedAnchor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node's answers make of anchors of both kinds (spec 10). */
class NodeConfirmationTest {
  private static final Bytes REAL = Bytes.sha256(new byte[] {1});
  private static final Bytes MADE_UP = Bytes.sha256(new byte[] {2});

  private final HttpStub node =
      node(
          request ->
              request.contains("eth_chainId")
                  ? result("\"0x1\"")
                  : block("0x10", "0x" + REAL.toHex()));
  private final NodeConfirmation confirmation =
      new NodeConfirmation(
          new BlockSource(List.of(node.url()), Counter.of(1), 1, Duration.ofSeconds(5)));

  @AfterEach
  void close() {
    node.close();
  }

  private void anchored(Bytes hash, boolean authenticated, boolean bounding) {
    EthereumAnchor anchor = new EthereumAnchor(new AnchoredBlock(16, hash), authenticated);
    ChainId chain = new ChainId(Optional.empty(), REAL, "global");
    confirmation.anchored(new PlacedAnchor(anchor, bounding, chain, Counter.of(2)));
  }

  @Test
  void anchored_blocksOfBothKinds_areConfirmed() {
    anchored(REAL, true, true);
    anchored(REAL, false, true);
    anchored(REAL, false, false);
    assertThat(confirmation.isRefuted()).isFalse();
    assertThat(confirmation.isComplete()).isTrue();
    assertThat(confirmation.toJson().toJson())
        .startsWith("{\"confirmed\":3,\"refuted\":0,\"refutedIgnored\":0,");
  }

  @Test
  void anchored_madeUpBlockOfAuthenticatedAnchor_isRefuted() {
    anchored(MADE_UP, true, true);
    assertThat(confirmation.isRefuted()).isTrue();
  }

  @Test
  void anchored_madeUpBlockOnWhichBoundsRest_isRefutedAndSaidNotToBeAuthenticated() {
    anchored(MADE_UP, false, true);
    assertThat(confirmation.isRefuted()).isTrue();
    assertThat(String.join("\n", confirmation.lines())).contains("not authenticated");
  }

  /** Any client can write such an anchor into a shared history. */
  @Test
  void anchored_madeUpBlockThatBoundsNothing_isNamedAndRefutesNothing() {
    anchored(MADE_UP, false, false);
    assertThat(confirmation.isRefuted()).isFalse();
    assertThat(confirmation.toJson().toJson()).contains("\"refutedIgnored\":1");
    assertThat(confirmation.lines().get(0)).endsWith("refuted and ignored 1");
  }
}
