package dev.occ.programs.service;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps back what is logged, so that a program's first words stand before its log. Closing it hands
 * everything on, also when a start failed. Thread-safe.
 */
final class HeldLog implements AutoCloseable {
  private static final class Holder extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> events = new ArrayList<>();

    @Override
    protected void append(ILoggingEvent event) { // AppenderBase calls it under its lock
      event.prepareForDeferredProcessing();
      events.add(event);
    }
  }

  private final Logger root;
  private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
  private final Holder holder = new Holder();
  private boolean closed;

  private HeldLog(Logger root) {
    this.root = root;
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      usual.add(all.next());
    }
    holder.setContext(root.getLoggerContext());
    holder.start();
    root.addAppender(holder);
    usual.forEach(root::detachAppender);
  }

  static HeldLog begin() {
    return new HeldLog((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
  }

  @Override
  public void close() {
    release();
  }

  /** Hands on what was kept back, and keeps back no more. */
  synchronized void release() {
    if (closed) {
      return;
    }
    closed = true;
    usual.forEach(root::addAppender);
    boolean unused = root.detachAppender(holder);
    holder.stop();
    for (ILoggingEvent event : holder.events) {
      usual.forEach(appender -> appender.doAppend(event));
    }
  }
}
