package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Counter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportLimitsTest {
  /** 2^18 parts and 100,000 ranges for all chains together, as far as the bounds of each allow. */
  @ParameterizedTest
  @CsvSource({
    "0, 65536, 1000",
    "1, 65536, 1000",
    "5, 32768, 1000",
    "100, 2048, 1000",
    "101, 2048, 990",
    "4096, 64, 24",
    "10000, 64, 10",
    "1000000, 64, 8",
  })
  void limits_moreChains_haveFewerDetailsEach(int chains, int parts, int ranges) {
    assertThat(ReportLimits.partsFor(chains)).isEqualTo(parts);
    assertThat(ReportLimits.rangesFor(chains)).isEqualTo(ranges);
  }

  @Test
  void ranges_moreThanAreListed_areCounted() {
    RangeTracker tracker = new RangeTracker(2, true);
    for (int i = 1; i <= 3; i++) {
      tracker.accept(Counter.of(10L * i), 1, false, Optional.of(Counter.of(500L + i)));
    }
    assertThat(tracker.ranges().shown())
        .containsExactly(
            new LinkedRange(Counter.of(10), Counter.of(10), 1),
            new LinkedRange(Counter.of(20), Counter.of(20), 1));
    assertThat(tracker.ranges().total()).isEqualTo(3);
    assertThat(tracker.bounds().shown()).hasSize(2);
    assertThat(tracker.bounds().total()).isEqualTo(3);
  }

  @Test
  void bounds_forksInAnyOrder_areLinkedUpToTheFirst() {
    RangeTracker tracker = new RangeTracker(10, true);
    for (int i = 1; i <= 3; i++) {
      tracker.accept(Counter.of(10L * i), 1, i > 1, Optional.of(Counter.of(500L + i)));
    }
    tracker.fork(Counter.of(30));
    tracker.fork(Counter.of(20));
    tracker.fork(Counter.of(25));
    assertThat(tracker.bounds().shown())
        .extracting(AnchorBounds::madeAfterLinked)
        .containsExactly(true, false, false);
  }

  /** Of two anchors of one block the later one begins new bounds, and these are linked to it. */
  @Test
  void bounds_sameBlockAgain_areLinkedToTheNearerAnchor() {
    RangeTracker tracker = new RangeTracker(10, true);
    Optional<Counter> block = Optional.of(Counter.of(500));
    tracker.accept(Counter.of(10), 1, false, block);
    tracker.accept(Counter.of(20), 1, false, block);
    tracker.accept(Counter.of(30), 1, true, Optional.empty());
    AnchorBounds last = tracker.bounds().shown().get(1);
    assertThat(last.first()).isEqualTo(Counter.of(20));
    assertThat(last.last()).isEqualTo(Counter.of(30));
    assertThat(last.madeAfter()).isEqualTo(block);
    assertThat(last.madeAfterLinked()).isTrue();
  }
}
