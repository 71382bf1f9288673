package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz target for histories: any lines give a report whose numbers add up. In the usual build it
 * runs over its seeds only; to fuzz it for its 60 seconds:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl occ-verifier -am test -Djacoco.skip=true -Djazzer.hooks=true \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest='ChainFuzzTest#history'
 * }</pre>
 */
final class ChainFuzzTest {
  /** Lines in, a report out; the second time in the other order. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void history(byte[] input) throws ChainException {
    List<byte[]> lines = new ArrayList<>();
    for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n", 64)) {
      lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
    }
    ChainReport report = Histories.verify(Histories.builder().threads(1), lines);
    assertThat(report.documents()).isEqualTo(lines.size());
    assertThat(report.proofs() + report.duplicates() + report.count(FaultReason.INVALID_PROOF))
        .isLessThanOrEqualTo(lines.size());
    assertThat(report.toJson().toBytes()).isNotEmpty();
    List<byte[]> reversed = new ArrayList<>(lines);
    Collections.reverse(reversed);
    assertThat(Histories.verify(Histories.builder().threads(1), reversed)).isEqualTo(report);
  }

  /** One chain for each kind of fault. */
  static Stream<byte[]> seeds() {
    return Stream.of(LedgerFault.values()).map(ChainFuzzTest::seed);
  }

  private static byte[] seed(LedgerFault fault) {
    StringBuilder lines = new StringBuilder();
    LedgerChain.Sink sink =
        new LedgerChain.Sink() {
          @Override
          public void document(JsonObject json) {
            lines.append(json.toJson()).append('\n');
          }

          @Override
          public void expect(FaultReason reason, String where) {
            assertThat(where).isNotEmpty();
          }
        };
    try (LedgerEpoch epoch = new LedgerEpoch("epoch", 1)) {
      LedgerChain chain = new LedgerChain(epoch, "global", sink).anchoredFrom(1000);
      chain.good(2);
      fault.plant(chain, 1);
      chain.good(2);
    }
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
