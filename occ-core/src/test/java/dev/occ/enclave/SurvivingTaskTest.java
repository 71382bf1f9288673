package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SurvivingTaskTest {
  @Test
  void run_reportRunsOutOfMemory_throwsNothingAndTellsLater() {
    List<Long> told = new ArrayList<>();
    AtomicInteger reports = new AtomicInteger();
    SurvivingTask task =
        SurvivingTask.of(
            () -> {
              throw new OutOfMemoryError("as asked");
            },
            (failure, unreported) -> {
              if (reports.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("in the logging, as asked");
              }
              told.add(unreported);
            });
    for (int i = 0; i < 4; i++) {
      task.run();
    }
    assertThat(told).containsExactly(2L, 0L);
  }

  @Test
  void run_taskReturns_reportsNothing() {
    List<Throwable> failures = new ArrayList<>();
    SurvivingTask.of(() -> {}, (failure, unreported) -> failures.add(failure)).run();
    assertThat(failures).isEmpty();
  }

  @Test
  void watchdog_handlerOfItsThreadRunsOutOfMemory_runsTheActionAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ranAgain = new CountDownLatch(1);
    try (Watchdog watchdog = new Watchdog("occ-test-watchdog")) {
      Watchdog.Guard guard =
          watchdog.every(
              Duration.ofMillis(1),
              () -> {
                Thread.currentThread()
                    .setUncaughtExceptionHandler(
                        (thread, e) -> {
                          throw new OutOfMemoryError("in the logging, as asked");
                        });
                if (runs.incrementAndGet() > 2) {
                  ranAgain.countDown();
                  return;
                }
                throw new OutOfMemoryError("as asked");
              });
      assertThat(ranAgain.await(30, TimeUnit.SECONDS)).isTrue();
      guard.close();
    }
  }
}
