package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ParentTimerTest {
  @Test
  void every_taskThrowsAnything_isRunAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ranAgain = new CountDownLatch(1);
    Runnable task =
        () -> {
          switch (runs.incrementAndGet()) {
            case 1 -> throw new StackOverflowError("as asked");
            case 2 -> throw new IllegalStateException("as asked");
            default -> ranAgain.countDown();
          }
        };
    try (ParentTimer timer = new ParentTimer()) {
      timer.every(Duration.ofMillis(1), task);
      assertThat(ranAgain.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void after_otherTaskWaits_isRunAllTheSame() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    try (ParentTimer timer = new ParentTimer()) {
      timer.every(Duration.ofDays(1), () -> PressureTest.awaitQuietly(ran));
      timer.after(Duration.ofMillis(1), ran::countDown);
      assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
