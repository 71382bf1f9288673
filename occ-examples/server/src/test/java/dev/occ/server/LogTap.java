package dev.occ.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged meanwhile by a logger and those below it, of other tests too. */
final class LogTap extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogTap(Logger logger) {
    this.logger = logger;
  }

  static LogTap of(String name) {
    LogTap tap = new LogTap((Logger) LoggerFactory.getLogger(name));
    tap.start();
    tap.logger.addAppender(tap);
    return tap;
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean unused = lines.add(event.getFormattedMessage());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits for the line that begins so. */
  String line(String start) throws Exception {
    TestWait.until(() -> lines.stream().anyMatch(line -> line.startsWith(start + " ")));
    return lines.stream().filter(line -> line.startsWith(start + " ")).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    boolean unused = logger.detachAppender(this);
    stop();
  }
}
