package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is wrong with a history, its report is the same in every order and with any threads. */
class ChainPropertiesTest {
  /** A small chain in which some faults are planted one after the other. */
  private static final class Small implements LedgerChain.Sink {
    private final List<byte[]> documents = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    Small(List<LedgerFault> faults) {
      try (LedgerEpoch epoch = new LedgerEpoch("epoch", 1)) {
        LedgerChain chain = new LedgerChain(epoch, "global", this).anchoredFrom(1000);
        long id = 0;
        for (LedgerFault fault : faults) {
          chain.good(2);
          fault.plant(chain, id++);
        }
        chain.good(2);
      }
      Collections.sort(expected);
    }

    @Override
    public void document(JsonObject json) {
      documents.add(json.toBytes());
    }

    @Override
    public void expect(FaultReason reason, String where) {
      expected.add(reason.code() + " " + where);
    }
  }

  @Property(tries = 60)
  void verify_anyFaultsInAnyOrder_giveTheSameReport(
      @ForAll @Size(max = 8) List<LedgerFault> faults,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int threads)
      throws ChainException {
    Small small = new Small(faults);
    ChainReport report = Histories.verify(Histories.builder().threads(1), small.documents);
    assertThat(Ledger.found(report)).isEqualTo(small.expected);
    List<byte[]> shuffled = new ArrayList<>(small.documents);
    Collections.shuffle(shuffled, random);
    assertThat(Histories.verify(Histories.builder().threads(threads), shuffled)).isEqualTo(report);
  }

  @Property(tries = 40)
  void verify_anySubset_neverFails(
      @ForAll @Size(max = 6) List<LedgerFault> faults, @ForAll Random random)
      throws ChainException {
    List<byte[]> some = new ArrayList<>(new Small(faults).documents);
    some.removeIf(document -> random.nextInt(3) == 0);
    ChainReport report = Histories.verify(Histories.builder().threads(1), some);
    assertThat(report.documents()).isEqualTo(some.size());
    assertThat(report.proofs() + report.duplicates() + report.count(FaultReason.INVALID_PROOF))
        .isLessThanOrEqualTo(some.size());
  }
}
