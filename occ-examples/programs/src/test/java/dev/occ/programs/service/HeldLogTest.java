package dev.occ.programs.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HeldLogTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final org.slf4j.Logger log = LoggerFactory.getLogger(HeldLogTest.class);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

  @BeforeEach
  void attach() {
    seen.start();
    root.addAppender(seen);
  }

  @AfterEach
  void detach() {
    assertThat(root.detachAppender(seen)).isTrue();
  }

  @Test
  void release_whatWasLogged_comesAfterwardsAndOnce() {
    try (HeldLog held = HeldLog.begin()) {
      log.warn("before the banner");
      assertThat(seen.list).isEmpty();
      held.release();
      assertThat(seen.list).hasSize(1);
      log.warn("after it");
    }
    assertThat(seen.list.stream().map(ILoggingEvent::getFormattedMessage))
        .containsExactly("before the banner", "after it");
  }

  @Test
  void close_afterAStartThatFailed_losesNothing() {
    try (HeldLog held = HeldLog.begin()) {
      assertThat(held).isNotNull();
      log.warn("why it failed");
    }
    assertThat(seen.list).hasSize(1);
  }
}
