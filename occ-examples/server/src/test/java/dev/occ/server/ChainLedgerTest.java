package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orders in which claims of one chain can end. */
final class ChainLedgerTest {
  private static final Caller ANN = Caller.named("ann");
  private static final Caller BOB = Caller.named("bob");

  private final ChainLedger ledger = new ChainLedger(2);
  private Epoch epoch;

  @BeforeEach
  void open() throws EpochException {
    epoch = Epoch.open(TestSigner.stub());
  }

  @AfterEach
  void close() {
    epoch.close();
  }

  private Slot slot() throws EpochException {
    return epoch.allocateSlot("a");
  }

  @Test
  void claim_closedWithoutSlot_isTakenBack() throws Exception {
    try (ChainLedger.Claim claim = ledger.claim(ANN, "a")) {
      assertThat(claim).isNotNull();
      assertThat(ledger.openedBy(ANN)).isOne();
    }
    assertThat(ledger.openedBy(ANN)).isZero();
    assertThat(ledger.size()).isZero();
  }

  @Test
  void claim_outcomeUnknown_staysCounted() throws Exception {
    try (ChainLedger.Claim claim = ledger.claim(ANN, "a")) {
      claim.outcomeUnknown();
    }
    assertThat(ledger.openedBy(ANN)).isOne();
  }

  @Test
  void claim_twoUnderWay_countsForWhoeverOpenedIt() throws Exception {
    Slot first = slot();
    Slot second = slot();
    try (ChainLedger.Claim ann = ledger.claim(ANN, "a");
        ChainLedger.Claim bob = ledger.claim(BOB, "a")) {
      ann.opened(second); // as if it had been there before
      assertThat(ledger.openedBy(ANN)).isZero();
      bob.opened(first);
    }
    assertThat(ledger.openedBy(ANN)).isZero();
    assertThat(ledger.openedBy(BOB)).isOne();
  }

  @Test
  void claim_firstSlotSettledFirst_isNotTakenBackByTheSecond() throws Exception {
    Slot first = slot();
    Slot second = slot();
    try (ChainLedger.Claim one = ledger.claim(ANN, "a");
        ChainLedger.Claim two = ledger.claim(ANN, "a")) {
      two.opened(first);
      one.opened(second);
    }
    assertThat(ledger.openedBy(ANN)).isOne();
  }

  @Test
  void claim_firstFailsWhileTheSecondOpens_countsOnce() throws Exception {
    ChainLedger.Claim two;
    try (ChainLedger.Claim one = ledger.claim(ANN, "a")) {
      assertThat(one).isNotNull();
      two = ledger.claim(BOB, "a");
    }
    two.opened(slot());
    two.close();
    assertThat(ledger.openedBy(ANN)).isZero();
    assertThat(ledger.openedBy(BOB)).isOne();
  }

  @Test
  void clear_whileClaimsAreUnderWay_countsWhatTheNewEpochHas() throws Exception {
    try (ChainLedger.Claim lost = ledger.claim(ANN, "lost");
        ChainLedger.Claim made = ledger.claim(ANN, "a")) {
      ledger.clear();
      made.opened(slot());
      assertThat(lost).isNotNull();
    }
    assertThat(ledger.openedBy(ANN)).isOne();
    assertThat(ledger.size()).isOne();
  }

  @Test
  void claim_manyAtOnce_areWithinTheQuota() throws Exception {
    ChainLedger.Claim a = ledger.claim(ANN, "a");
    ChainLedger.Claim b = ledger.claim(ANN, "b");
    assertThatThrownBy(() -> ledger.claim(ANN, "c"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("chain-quota"));
    b.close();
    ledger.claim(ANN, "c").close();
    a.close();
    assertThat(ledger.openedBy(ANN)).isZero();
  }
}
