package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

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
  void every_loggingRunsOutOfMemory_isRunAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ranAgain = new CountDownLatch(1);
    AtomicInteger logged = new AtomicInteger();
    AppenderBase<ILoggingEvent> failing =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.incrementAndGet();
            throw new OutOfMemoryError("as asked");
          }
        };
    failing.start();
    Logger logger = (Logger) LoggerFactory.getLogger(ParentTimer.class);
    logger.addAppender(failing);
    try (ParentTimer timer = new ParentTimer()) {
      timer.every(
          Duration.ofMillis(1),
          () -> {
            if (runs.incrementAndGet() > 2) {
              ranAgain.countDown();
              return;
            }
            throw new OutOfMemoryError("as asked");
          });
      assertThat(ranAgain.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(logged.get()).isEqualTo(2);
    } finally {
      boolean unused = logger.detachAppender(failing);
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
