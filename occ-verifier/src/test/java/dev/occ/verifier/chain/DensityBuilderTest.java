package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DensityBuilderTest {
  @Test
  void build_nothing_hasNoParts() {
    assertThat(new DensityBuilder(4).build())
        .isEqualTo(new CounterDensity(Counter.ZERO, 1, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"5 6 8, 4, 5, 1, 1 1 0 1", "5 6 9, 4, 4, 2, 1 1 1", "7 7 8, 1, 0, 16, 3"})
  void build_fewCounters_areInTheNarrowestPartsThatSuffice(
      String counters, int maxParts, long start, long width, String counts) {
    assertThat(density(numbers(counters), maxParts))
        .isEqualTo(new CounterDensity(Counter.of(start), width, numbers(counts)));
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  /** Rising counters, some of them beyond what a signed long holds. */
  @ParameterizedTest
  @MethodSource("seeds")
  void build_risingCounters_isAsCountingThemInTheEnd(int seed) {
    Random random = new Random(seed);
    int maxParts = 1 + random.nextInt(9);
    long bits = seed % 2 == 0 ? random.nextInt(1000) : -1L - random.nextInt(1 << 30);
    List<Long> counters = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      counters.add(bits);
      long next = bits + random.nextInt(1 << (1 + random.nextInt(20)));
      bits = Long.compareUnsigned(next, bits) >= 0 ? next : bits; // not past 2^64-1
    }
    assertThat(density(counters, maxParts)).isEqualTo(counted(counters, maxParts));
  }

  private static CounterDensity density(List<Long> counters, int maxParts) {
    DensityBuilder builder = new DensityBuilder(maxParts);
    counters.forEach(bits -> builder.add(new Counter(bits)));
    return builder.build();
  }

  private static CounterDensity counted(List<Long> counters, int maxParts) {
    long first = counters.get(0);
    long last = counters.get(counters.size() - 1);
    int shift = 0;
    while ((last >>> shift) - (first >>> shift) >= maxParts) {
      shift++;
    }
    Long[] counts = new Long[(int) ((last >>> shift) - (first >>> shift)) + 1];
    Arrays.fill(counts, 0L);
    for (long bits : counters) {
      counts[(int) ((bits >>> shift) - (first >>> shift))]++;
    }
    return new CounterDensity(new Counter(first >>> shift << shift), 1L << shift, List.of(counts));
  }

  private static List<Long> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
  }
}
