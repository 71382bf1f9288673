package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of about 20,000 proofs in which every kind of fault is planted ten times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {
  private static final int PROOFS = 20_000;
  private static final int EACH = 10;

  private final LedgerDocuments ledger = LedgerDocuments.of(new Ledger(PROOFS, EACH));

  @SuppressWarnings("NullAway.Init") // set before all tests
  private Path folder;

  @SuppressWarnings("NullAway.Init") // the same
  private ChainReport sorted;

  @BeforeAll
  void makeLedger(@TempDir Path temporary) throws ChainException {
    folder = temporary;
    sorted = verify(ledger.documents(), 1);
  }

  @Test
  void verify_sortedLedger_findsExactlyWhatWasPlanted() {
    assertThat(Ledger.found(sorted)).isEqualTo(ledger.expected());
    assertThat(sorted.documents()).isEqualTo(ledger.documents().size()).isGreaterThan(PROOFS);
    assertThat(sorted.isSound()).isFalse();
  }

  @Test
  void verify_ledger_hasEveryReason() {
    assertThat(sorted.findings().keySet()).containsExactly(FaultReason.values());
    for (FaultReason reason : FaultReason.values()) {
      assertThat(sorted.count(reason)).as(reason.code()).isGreaterThanOrEqualTo(EACH);
    }
  }

  @Test
  void verify_shuffledLedger_givesTheSameReport() throws ChainException {
    List<byte[]> shuffled = new ArrayList<>(ledger.documents());
    Collections.shuffle(shuffled, new Random(7));
    assertThat(verify(shuffled, 3)).isEqualTo(sorted);
  }

  @Test
  void verify_threeEpochs_areOrderedByTheirAnchors() {
    List<EpochSummary> epochs =
        sorted.epochs().shown().stream().filter(e -> e.proofs() > 1000).toList();
    assertThat(epochs).hasSize(3).allMatch(e -> e.place() == EpochPlace.ANCHORED);
    for (int i = 1; i < epochs.size(); i++) {
      assertThat(epochs.get(i).firstBlock().orElseThrow())
          .isGreaterThan(epochs.get(i - 1).lastBlock().orElseThrow());
    }
  }

  private ChainReport verify(List<byte[]> input, int threads) throws ChainException {
    return Histories.verify(
        Histories.builder().threads(threads).temporaryFolder(folder).maxFaultsPerReason(10 * EACH),
        input);
  }
}
