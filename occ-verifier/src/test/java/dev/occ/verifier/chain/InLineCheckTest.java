package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether sorting can be spared. A no for a history that is in line changes no report, it only
 * costs the sort, so no other test sees it.
 */
class InLineCheckTest {
  private static final int LANES = 3;

  private final InLineCheck check = new InLineCheck();

  /** One proof, named by its counter; a minus stands for nothing. */
  @ParameterizedTest
  @CsvSource({
    "1, -, -, true",
    "2, 1, -, true",
    "9, 1, -, true",
    "9, 8, -, true",
    "9, 5, -, true",
    "9, 9, -, false",
    "9, 10, -, false",
    "1, 0, -, false",
    "2, 1, 1, false",
    "-, -, -, false",
  })
  void isInLine_firstProof_takesASlotBelowItAndNamesNothing(
      String counter, String slot, String prev, boolean inLine) {
    accept(0, counter, slot, prev);
    assertThat(check.isInLine()).isEqualTo(inLine);
  }

  /** The first proof stands at 10 and has taken slot 5. */
  @ParameterizedTest
  @CsvSource({
    "11, -, 10, true",
    "12, 11, 10, true",
    "12, 4, 10, true",
    "12, 6, 10, true",
    "12, 1, 10, true",
    "12, 9, 10, true",
    "12, 5, 10, false",
    "12, 10, 10, false",
    "12, 12, 10, false",
    "11, 12, 10, false",
    "12, 11, 9, false",
    "12, 11, -, false",
    "10, -, 10, false",
    "9, -, 10, false",
    "-, -, 10, false",
  })
  void isInLine_secondProof_namesTheFirstAndTakesWhatIsFree(
      String counter, String slot, String prev, boolean inLine) {
    accept(0, "10", "5", "-");
    accept(0, counter, slot, prev);
    assertThat(check.isInLine()).isEqualTo(inLine);
  }

  @Test
  void isInLine_onceOutOfLine_staysSo() {
    accept(0, "10", "-", "9");
    accept(1, "2", "1", "-");
    assertThat(check.isInLine()).isFalse();
  }

  @Test
  void isInLine_manyCountersPassedOverSeparately_isNoUntilTheyAreFewer() {
    String prev = "-";
    for (int i = 1; i <= InLineCheck.MAX_HOLES; i++) { // one hole each: 1, 3, 5, …
      prev = accept(0, Integer.toString(2 * i), "-", prev);
    }
    assertThat(check.isInLine()).isTrue();
    prev = accept(0, Integer.toString(2 * InLineCheck.MAX_HOLES + 2), "1", prev);
    assertThat(check.isInLine()).as("one more, one taken").isTrue();
    String next = accept(0, Integer.toString(2 * InLineCheck.MAX_HOLES + 3), "-", prev);
    assertThat(check.isInLine()).as("no more").isTrue();
    accept(0, Integer.toString(2 * InLineCheck.MAX_HOLES + 5), "-", next);
    assertThat(check.isInLine()).isFalse();
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Against a set of all counters that are taken, some of them beyond what a signed long holds. */
  @ParameterizedTest
  @MethodSource("seeds")
  void isInLine_anyHistory_isWhatASetOfTakenCountersSays(int seed) {
    Random random = new Random(seed);
    long base = seed % 4 == 0 ? Long.MAX_VALUE - 50 : 0;
    long[] last = new long[LANES];
    Arrays.fill(last, base);
    String[] sealed = {"-", "-", "-"};
    Set<String> taken = new HashSet<>();
    boolean inLine = true;
    for (int i = 0; i < 60; i++) {
      int lane = random.nextInt(LANES);
      long counter = last[lane] + 1 + random.nextInt(6);
      long slot = Math.max(base, counter - 1 - random.nextInt(12)) + random.nextInt(60) / 59;
      last[lane] = counter;
      taken.add(lane + " " + counter);
      inLine &=
          slot > 0
              && Long.compareUnsigned(slot, counter) < 0
              && taken.add(lane + " " + Long.toUnsignedString(slot));
      sealed[lane] =
          accept(lane, Long.toUnsignedString(counter), Long.toUnsignedString(slot), sealed[lane]);
      assertThat(check.isInLine()).as("proof " + i).isEqualTo(inLine);
      if (!inLine) {
        return;
      }
    }
  }

  /** A proof whose sealed hash is its counter's text. */
  private String accept(int lane, String counter, String slot, String prev) {
    check.accept(
        new LinkRecord(
            lane,
            counter(counter),
            hash("signed " + counter),
            hash(counter),
            new Source(0, 0),
            prev.equals("-") ? Optional.empty() : Optional.of(hash(prev)),
            counter(slot),
            hash("slot " + slot),
            LinkRecord.NOT_AN_ANCHOR,
            0,
            false,
            Optional.empty()));
    return counter;
  }

  private static Optional<Counter> counter(String text) {
    return text.equals("-")
        ? Optional.empty()
        : Optional.of(new Counter(Long.parseUnsignedLong(text)));
  }

  private static Bytes hash(String text) {
    return LedgerEpoch.sha256(text);
  }
}
