package dev.occ.programs.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.programs.HttpStub;
import dev.occ.programs.SuppressForbidden;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an anchorer does when a node does not know the block that was anchored last. */
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
class AnchorerTest {
  @TempDir private Path folder;
  private final List<Counter> anchored = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** The number of the node's newest block; it knows no other. */
  private volatile long newest;

  private HttpStub node() {
    return BlockSourceTest.node(
        request -> {
          if (request.contains("eth_chainId")) {
            return BlockSourceTest.result("\"0x1\"");
          }
          return request.contains("latest")
              ? BlockSourceTest.block("0x%x".formatted(newest), "0x%064x".formatted(newest))
              : BlockSourceTest.result("null");
        });
  }

  private Anchorer anchorer(URI node, Epoch epoch) throws Exception {
    Counter chainId = Counter.of(1);
    AnchorMaker maker =
        block -> {
          try {
            return epoch.commit(
                CommitRequest.of(epoch.allocateSlot().id(), Bytes.sha256(new byte[0])));
          } catch (EpochException e) {
            throw new AnchorMaker.NotMadeException("the epoch failed", false, e);
          }
        };
    return Anchorer.open(
        new BlockSource(List.of(node), chainId, 1, Duration.ofSeconds(30)),
        maker,
        new Anchorer.Memory(folder.resolve("state.json"), chainId, Files::write),
        new Anchorer.Pace(Duration.ofSeconds(1), Finality.LATEST, () -> 0),
        new AnchorListener() {
          @Override
          public void anchored(Block block, Proof proof) {
            anchored.add(block.number());
          }

          @Override
          public void replaced(Block block) {
            failures.add("replaced");
          }

          @Override
          public void failed(String text, Duration pause) {
            failures.add(text);
          }
        });
  }

  @Test
  void once_nodeForgotTheLastAnchoredBlock_anchorsTheNewestAllTheSame() throws Exception {
    try (HttpStub node = node();
        Epoch epoch = Epoch.open(SoftSigner.open())) {
      newest = 5;
      assertThat(anchorer(node.url(), epoch).once()).isTrue();
      newest = 10;
      assertThat(anchorer(node.url(), epoch).once()).isTrue();
      assertThat(anchored).containsExactly(Counter.of(5), Counter.of(10));
      assertThat(failures).isEmpty();
    }
  }

  /** Nodes that lag are nothing to report; a last block that cannot exist is. */
  @ParameterizedTest
  @CsvSource({"5000, 5000", "5000, 4000", "1000, 0"})
  void once_nodeIsSomewhatBehind_waits(long before, long now) throws Exception {
    assertThat(onceAt(before, now)).isTrue();
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5000, 3999", "-1, 4000", "-1, 9223372036854775807", "1001, 0"})
  void once_nodeIsFarBehind_saysSo(long before, long now) throws Exception {
    assertThat(onceAt(before, now)).isFalse();
    assertThat(failures).singleElement().asString().contains("another state file");
  }

  /** Anchors a block, an unsigned number, and looks again at another one. */
  private boolean onceAt(long before, long now) throws Exception {
    try (HttpStub node = node();
        Epoch epoch = Epoch.open(SoftSigner.open())) {
      newest = before;
      assertThat(anchorer(node.url(), epoch).once()).isTrue();
      newest = now;
      boolean done = anchorer(node.url(), epoch).once();
      assertThat(anchored).containsExactly(new Counter(before));
      return done;
    }
  }
}
