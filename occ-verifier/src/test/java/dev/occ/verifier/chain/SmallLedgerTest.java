package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link LedgerTest} asks, of few proofs: for mutation tests, which ask it again and again.
 */
class SmallLedgerTest {
  private static final int PROOFS = 300;

  @TempDir private Path folder;
  private final LedgerDocuments ledger = LedgerDocuments.of(new Ledger(PROOFS, 1));

  @Test
  void verify_ledgerInAnyOrder_findsExactlyWhatWasPlanted() throws ChainException {
    ChainReport sorted = verify(ledger.documents());
    assertThat(Ledger.found(sorted)).isEqualTo(ledger.expected());
    List<byte[]> shuffled = new ArrayList<>(ledger.documents());
    Collections.shuffle(shuffled, new Random(7));
    assertThat(verify(shuffled)).isEqualTo(sorted);
  }

  private ChainReport verify(List<byte[]> documents) throws ChainException {
    return Histories.verify(Histories.builder().temporaryFolder(folder), documents);
  }
}
