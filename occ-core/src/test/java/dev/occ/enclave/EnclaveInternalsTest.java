package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EnclaveInternalsTest {
  @Test
  void throttle_manyMessages_letsOneThroughInAWhileAndCounts() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the origin is arbitrary, and may wrap
    LogThrottle throttle = new LogThrottle(now::get);
    List<Long> logged = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      throttle.log(logged::add);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(logged).containsExactly(0L, 9L, 9L);
  }

  @Test
  void budget_moreThanIsLeft_isNotTaken() {
    MemoryBudget budget = new MemoryBudget(10);
    assertThat(budget.take(7)).isTrue();
    assertThat(budget.take(4)).isFalse();
    assertThat(budget.take(3)).isTrue();
    budget.giveBack(10);
    assertThat(budget.left()).isEqualTo(10);
  }

  @Test
  void watchdog_guardClosed_doesNotRun() throws Exception {
    Watchdog watchdog = new Watchdog("test");
    CountDownLatch ran = new CountDownLatch(1);
    CountDownLatch calledOff = new CountDownLatch(1);
    watchdog.after(Duration.ofMinutes(5), calledOff::countDown).close();
    Watchdog.Guard unused = watchdog.after(Duration.ofMillis(1), ran::countDown);
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    watchdog.close();
    assertThat(watchdog.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThat(calledOff.getCount()).isEqualTo(1);
  }

  @Test
  void watchdog_finishedOrClosed_endsWhatBeginsAtOnce() throws Exception {
    for (boolean closed : List.of(true, false)) {
      Watchdog watchdog = new Watchdog("test");
      if (closed) {
        watchdog.close();
      } else {
        watchdog.finish();
      }
      List<Thread> ran = new ArrayList<>();
      watchdog.after(Duration.ofMinutes(5), () -> ran.add(Thread.currentThread())).close();
      assertThat(ran).as("closed: " + closed).containsExactly(Thread.currentThread());
      assertThat(watchdog.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void watchdog_actionThrowsAnything_isReportedAndRunAgain() throws Exception {
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ranAgain = new CountDownLatch(1);
    Runnable action =
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.add(e));
          switch (runs.incrementAndGet()) {
            case 1 -> throw new StackOverflowError();
            case 2 -> throw new IllegalStateException();
            default -> ranAgain.countDown();
          }
        };
    try (Watchdog watchdog = new Watchdog("test")) {
      Watchdog.Guard unused = watchdog.every(Duration.ofMillis(1), action);
      assertThat(ranAgain.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(reported)
        .hasExactlyElementsOfTypes(StackOverflowError.class, IllegalStateException.class);
  }

  @Test
  void watchdog_timeLongerThanALongHolds_isTakenForVeryLong() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    List<String> ran = new ArrayList<>();
    Watchdog watchdog = new Watchdog("test");
    Watchdog.Guard once = watchdog.after(forever, () -> ran.add("once"));
    Watchdog.Guard again = watchdog.every(forever, () -> ran.add("again"));
    once.close();
    again.close();
    watchdog.close();
    assertThat(watchdog.awaitEnd(forever)).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void watchdog_finished_keepsTheDeadlinesThatWait() throws Exception {
    Watchdog watchdog = new Watchdog("test");
    CountDownLatch ran = new CountDownLatch(1);
    Watchdog.Guard waiting = watchdog.after(Duration.ofMillis(50), ran::countDown);
    Watchdog.Guard repeated = watchdog.every(Duration.ofMinutes(5), () -> {});
    watchdog.finish();
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(watchdog.awaitEnd(Duration.ofSeconds(30))).isTrue();
    waiting.close();
    repeated.close();
  }

  @Test
  void watchdog_actionUnderWay_endsLater() throws Exception {
    Watchdog watchdog = new Watchdog("watchdog-under-test");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Watchdog.Guard unused =
        watchdog.after(
            Duration.ofMillis(1),
            () -> {
              running.countDown();
              awaitRelease(release);
            });
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("watchdog-under-test"))
        .hasSize(1)
        .allMatch(Thread::isDaemon); // it keeps no process alive
    watchdog.finish();
    assertThat(watchdog.awaitEnd(Duration.ofMillis(1))).isFalse();
    release.countDown();
    assertThat(watchdog.awaitEnd(Duration.ofSeconds(30))).isTrue();
  }

  private static void awaitRelease(CountDownLatch release) {
    try {
      if (!release.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("never released");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void clientOptions_eachSetting_isKept() {
    EnclaveClientOptions options =
        EnclaveClientOptions.builder()
            .maxIdle(Duration.ofSeconds(3))
            .maxConnections(7)
            .maxAnswerBytes(12_345)
            .connectTimeout(Duration.ofSeconds(4))
            .requestTimeout(Duration.ofSeconds(5))
            .build();
    assertThat(options.maxIdle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.maxConnections()).isEqualTo(7);
    assertThat(options.maxAnswerBytes()).isEqualTo(12_345);
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void serverOptions_outsideTheirRanges_areMisuse() {
    EnclaveServerOptions.Builder builder = EnclaveServerOptions.builder();
    misuse(() -> builder.workers(0));
    misuse(() -> builder.maxQueuedConnections(0));
    misuse(() -> builder.maxRequestBytes(1));
    misuse(() -> builder.maxRequestBytes(64 * 1024 * 1024 + 1));
    misuse(() -> builder.maxBufferedBytes(-1));
    misuse(() -> builder.requestTimeout(Duration.ZERO));
    misuse(() -> builder.idleTimeout(Duration.ofHours(2)));
    misuse(() -> builder.writeTimeout(Duration.ofSeconds(-1)));
    misuse(() -> builder.stopTimeout(Duration.ZERO));
  }

  @Test
  void clientOptions_outsideTheirRanges_areMisuse() {
    EnclaveClientOptions.Builder builder = EnclaveClientOptions.builder();
    misuse(() -> builder.maxConnections(0));
    misuse(() -> builder.maxAnswerBytes(1));
    misuse(() -> builder.connectTimeout(Duration.ZERO));
    misuse(() -> builder.requestTimeout(Duration.ZERO));
    misuse(() -> builder.maxIdle(Duration.ofHours(2)));
  }

  private static void misuse(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
