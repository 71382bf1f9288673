package dev.occ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong millis = new AtomicLong();
  private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

  @Test
  void advance_shortWork_drawsNothing() {
    Progress progress = progress(true, OptionalLong.of(100));

    millis.set(499);
    progress.advance(50, new Tally());
    progress.clear();

    assertThat(drawn.size()).isZero();
  }

  @Test
  void advance_longWork_drawsBarAndTakesItAway() {
    Progress progress = progress(true, OptionalLong.of(100));

    millis.set(500);
    progress.advance(50, new Tally());
    millis.set(550);
    progress.advance(10, new Tally());
    progress.clear();

    assertThat(drawn.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[K[###############---------------] 50 %  0 proofs, 0 not valid\r\u001b[K");
  }

  @Test
  void advance_unknownLength_drawsNumbersOnly() {
    Progress progress = progress(true, OptionalLong.empty());

    millis.set(1000);
    progress.advance(50, new Tally());

    assertThat(drawn.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K0 proofs, 0 not valid");
  }

  @Test
  void advance_noTerminal_drawsNothing() {
    Progress progress = progress(false, OptionalLong.of(100));

    millis.set(5000);
    progress.advance(50, new Tally());
    progress.clear();

    assertThat(drawn.size()).isZero();
  }

  private Progress progress(boolean shown, OptionalLong total) {
    return new Progress(
        new PrintStream(drawn, true, StandardCharsets.UTF_8),
        shown,
        total,
        () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
  }
}
