package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

final class ConnectionWatchTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger closes = new AtomicInteger();

  @Test
  void run_closingFails_closesTheOthersAndGoesOn() {
    ConnectionWatch watch = new ConnectionWatch(ParentLimits.DEFAULT, clock::get);
    open(watch, new StackOverflowError("as asked"));
    open(watch, new StackOverflowError("as asked"));
    watch.run();
    assertThat(closes).as("none is late").hasValue(0);
    clock.addAndGet(Duration.ofSeconds(11).toNanos());
    watch.run();
    assertThat(closes).hasValue(2);
    open(watch, new StackOverflowError("as asked"));
    clock.addAndGet(Duration.ofSeconds(11).toNanos());
    watch.run();
    assertThat(closes).hasValue(3);
  }

  /** A connection that begins a header, and meets an error when it is closed. */
  private void open(ConnectionWatch watch, Error whenClosed) {
    ByteArrayEndPoint endPoint =
        new ByteArrayEndPoint() {
          @Override
          public void doClose() {
            closes.incrementAndGet();
            throw whenClosed;
          }
        };
    watch.onOpened(
        new AbstractConnection(endPoint, Runnable::run) {
          @Override
          public void onFillable() {
            throw new IllegalStateException("nothing arrives");
          }
        });
  }
}
